// Chinese and English.

const LANGUAGES = ["zh", "en"];
let language = LANGUAGES.indexOf(shared.language);

const pick = (pair) => pair[language];
const has = (section, id) => Object.prototype.hasOwnProperty.call(shared.words[section], id);
const named = (section, id) => (has(section, id) ? pick(shared.words[section][id]) : id);

/** What the page says; {} are filled in their order. */
function say(key, ...values) {
  let at = 0;
  return named("interface", key).replace(/\{\}/g, () => values[at++]);
}

function setLanguage(next) {
  language = next;
  document.documentElement.lang = language === 0 ? "zh-CN" : "en";
}
