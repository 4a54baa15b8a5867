"""What happens to reports on their way to the reader: named faults that change a draft and keep its marks."""
from annotations.synthetic.noise.channels import CHANNELS, Channel, add_noise
from annotations.synthetic.noise.pages import add_chrome
from annotations.synthetic.noise.settings import ChannelInfo, settings

__all__ = ["CHANNELS", "Channel", "ChannelInfo", "add_chrome", "add_noise", "settings"]
