"""The topics that can be analysed, in the order in which they are offered."""

from analysis.topics.devices import DEVICES
from analysis.topics.duties import DUTIES
from analysis.topics.ledger import LEDGER
from analysis.topics.parts import Topic
from analysis.topics.repairs import REPAIRS

TOPICS: dict[str, Topic] = {topic.key: topic for topic in (DEVICES, LEDGER, REPAIRS, DUTIES)}

__all__ = ["TOPICS"]
