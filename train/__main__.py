"""`python -m train`: the commands of `gongkai train` where the distribution is not installed."""
from train.cli import app

app(prog_name="gongkai train")
