"""Closing courtesies: sentences to the reader that say nothing of the world.

"I hope you like this post", "let me know if you have questions", "thanks for reading". They stay in the
text as a block of their own kind, so that offsets hold and a finding can say why nothing was checked.
"""

from __future__ import annotations

import re
from typing import Final

PHRASES: Final = (
    r"\bi hope (?:you|this|that this|it)\b.{0,60}\b(?:like[ds]?|enjoy(?:ed)?|found|find|help(?:s|ed|ful)?)\b",
    r"\bi hope (?:you|this|that this|it)\b.{0,60}\b(?:useful|informative|interesting|clear)\b",
    r"\blet me know\b|\blet us know (?:in the comments|what you think)\b|\btell (?:me|us) in the comments\b",
    r"\bfeel free to (?:ask|reach|contact|comment|leave|share|write|correct)\b",
    r"\bthank(?:s| you) (?:so much |very much )?for (?:reading|stopping by)\b",
    r"\bthank(?:s| you) (?:so much |very much )?for your (?:time|attention|interest|support|feedback)\b",
    r"\bis there anything else (?:you|i)\b|\bhow (?:else )?(?:can|may) i (?:help|assist)\b",
    r"\bif you (?:have|had) any (?:other |further |more )?(?:questions?|feedback|comments?|suggestions?)\b",
    r"\bif you (?:liked|enjoyed|found) (?:this|the|my)\b|\bdo(?:n['’]t| not) hesitate to\b|\bstay tuned\b",
    r"^(?:please )?(?:like|share|comment|subscribe|follow)"
    r"(?:,? (?:and|&) (?:like|share|comment|subscribe|follow))*(?: (?:this|me|us|for more).*)?$",
    r"\b(?:leave|drop) (?:a comment|your (?:comments?|thoughts?))\b|^(?:see you|until) (?:next time|soon)\b",
    r"\bсподіва(?:юся|юсь|ємося|ємось)\b.{0,60}\b(?:сподоба|корисн|цікав|допомо)\w*",
    r"\bдяку(?:ю|ємо) (?:вам )?за (?:увагу|прочитання|читання|підтримку|ваш)",
    r"\bякщо (?:у вас|ви)\b.{0,25}\b(?:запитання|питання|зауваження|відгук\w*|пропозиції)\b",
    r"\b(?:пишіть|напишіть|залишайте|дайте знати)\b.{0,40}\b(?:коментар\w*|мені|нам)\b",
    r"^(?:ставте|підписуйтесь|підписуйтеся|поширюйте|поширте)\b",
    r"\bнаде(?:юсь|емся)\b.{0,60}\b(?:понрави|полез|интерес|помо)\w*",
    r"\b(?:спасибо|благодар(?:ю|им)) (?:вам )?за (?:внимание|прочтение|чтение|поддержку|ваш)",
    r"\bесли (?:у вас|вы)\b.{0,25}\b(?:вопрос\w*|замечани\w*|отзыв\w*|предложени\w*)\b",
    r"\b(?:пишите|напишите|оставляйте|дайте знать)\b.{0,40}\b(?:комментари\w*|мне|нам)\b",
    r"^(?:ставьте|подписывайтесь|делитесь)\b",
)
COURTESY: Final = re.compile("|".join(PHRASES), re.I)
REPORTED: Final = re.compile(
    r"[“”«»\"„]|\b(?:said|says|told|tells|wrote|writes|added)\b"
    r"|\b(?:сказа\w+|каже|заяви\w+|написа\w+|додав|говорит)\b",
    re.I,
)  # words of somebody in the report are a statement, however polite
SENTENCE: Final = re.compile(r"[^.!?…]+(?:[.!?…]+[\"'”’»)\]]*|$)\W*")
LONGEST: Final = 220  # characters; a longer sentence says something besides (own judgement)


FOLLOW: Final = re.compile(
    r"^(?:please )?(?:like|share|comment|subscribe|follow)\b"
    r"|^(?:ставте|підписуйтесь|підписуйтеся|поширюйте|поширте|ставьте|подписывайтесь|делитесь)\b",
    re.I,
)  # what every channel asks for, and no chat tool


def asks_to_follow(text: str) -> bool:
    """True for a closing that is but a call to follow or share."""
    return all(FOLLOW.search(re.sub(r"^[^\w@]+", "", m.group())) for m in SENTENCE.finditer(text) if re.search(r"\w", m.group()))


def courtesy_start(paragraph: str) -> int | None:
    """Where the run of courtesies at the end of a paragraph begins; None when its last sentence is none."""
    start: int | None = None
    for match in reversed(list(SENTENCE.finditer(paragraph))):
        sentence = re.sub(r"^[^\w@]+|[^\w]+$", "", match.group())
        if not sentence:
            continue
        if len(sentence) > LONGEST or REPORTED.search(match.group()) or not COURTESY.search(sentence):
            break
        start = match.start()
    return start
