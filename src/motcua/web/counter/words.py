"""Data of other modules in words: the channels a counter takes in. Pure."""

from motcua.catalogue.shapes import Channel
from motcua.kernel.say import Say

# What a counter takes in; online dossiers come by themselves.
CHANNELS = {
    Channel.COUNTER: Say("Trực tiếp tại quầy", "At the counter"),
    Channel.POST: Say("Qua bưu chính", "By post"),
}
