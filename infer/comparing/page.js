"use strict";
const root = document.documentElement;
const themes = ["", "light", "dark"];
document.getElementById("language").addEventListener("click", () => {
  const english = root.dataset.lang === "zh";
  root.dataset.lang = english ? "en" : "zh";
  root.lang = english ? "en" : "zh-CN";
});
document.getElementById("theme").addEventListener("click", () => {
  const next = themes[(themes.indexOf(root.dataset.theme || "") + 1) % themes.length];
  if (next) root.dataset.theme = next; else delete root.dataset.theme;
});
