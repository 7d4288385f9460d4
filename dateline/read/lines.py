"""What a line of a report is for: prose, or the furniture that pages set around it.

General classifiers, keyed to no site: each looks at one line (cleaned, stripped) and at nothing else.
English, Ukrainian and Russian furniture are told alike. `layout` puts the lines together.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|січ(?:ень|ня)?|лют(?:ий|ого)?|бер(?:езень|езня)?|квіт(?:ень|ня)?|трав(?:ень|ня)?|черв(?:ень|ня)?"
    r"|лип(?:ень|ня)?|серп(?:ень|ня)?|вер(?:есень|есня)?|жовт(?:ень|ня)?|лист(?:опад|опада)?|груд(?:ень|ня)?"
    r"|янв(?:арь|аря)?|фев(?:раль|раля)?|март?а?|апр(?:ель|еля)?|ма[йя]|июн[ья]?|июл[ья]?|авг(?:уст|уста)?"
    r"|сент?(?:ябрь|ября)?|окт(?:ябрь|ября)?|ноя(?:брь|бря)?|дек(?:абрь|абря)?)"
)
DATE_WORD: Final = (
    r"(?:published|posted|updated|modified|first|last|created|date|released|filed|on|at|of|the|am|pm"
    r"|utc|gmt|est|edt|cet|cest|eet|eest|msk|bst|st|nd|rd|th"
    r"|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    r"|опубліковано|оновлено|дата|публікації|року|рік|р|о|об"
    r"|понеділок|вівторок|середа|четвер|п['’ʼ]?ятниця|субота|неділя"
    r"|опубликовано|обновлено|публикации|года|год|г|в|мск"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)"
)
DATE_TOKEN: Final = re.compile(
    rf"(?<![^\W\d_])(?:{MONTH}|{DATE_WORD})(?![^\W\d_])\.?|\d{{4}}-\d\d-\d\dT[\d:.+\-Z]+|\d+", re.I
)
HAS_MONTH: Final = re.compile(rf"(?<![^\W\d_]){MONTH}(?![^\W\d_])", re.I)
HAS_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./]\d{1,2}[./]\d\d(?!\d)")
LETTER: Final = re.compile(r"[^\W\d_]")

MINUTES: Final = r"(?:minutes?|mins?|хвилин[аи]?|хв|минут[аы]?|мин)\.?"
READING_TIME: Final = re.compile(
    r"(?:reading time|read time|час читання|час на читання|время чтения|время на чтение)"
    rf"\s*[:–—-]?\s*(?:~\s*)?\d+\s*{MINUTES}"
    rf"|\d+\s*[- ]?\s*{MINUTES}\s*(?:to\s+|на\s+)?(?:reading|read|читання|чтени[ея])",
    re.I,
)
BYLINE: Final = re.compile(
    r"^(?:(?:written|reported|reporting|story|text|words|posted|published|from)\s+by|by|reporter|correspondent|author"
    r"|автор\s+(?:статті|тексту|статьи|текста)|автори?|авторка|авторы|текст|журналіст(?:ка)?|журналист(?:ка)?"
    r"|кореспондент(?:ка)?|корреспондент(?:ка)?|записа(?:в|ла)|записал[аи]?"
    r"|підготува(?:в|ла|ли)|подготовил[аи]?)\s*[:–—]?\s+(?P<name>\S.{1,118})$",
    re.I,
)
WHERE_FROM: Final = re.compile(  # "By Jane Doe in Kyiv and John Roe in Odesa; editing by Ann Poe"
    r"\s+(?:in|from|for|у|в|з|із|для|из)\s+[^\W\d_][\w'’ʼ-]*(?:\s+[A-ZА-ЯІЇЄҐ][\w'’ʼ-]*)?(?=$|,|\s+(?:and|та|і|и)\s)"
)
EDITING: Final = re.compile(r"\s*[;.,]\s*(?:editing|additional reporting|редактор\w*|редагува\w*)\b.*$", re.I)
PUBLISHER: Final = re.compile(
    r"^(?:published (?:in|by|on)|source|джерело|источник)\s*[:–—]?\s+(?P<name>[^.!?]{2,60})$", re.I
)
RESPONSES: Final = re.compile(
    r"^(?:responses?|comments?|replies|discussion|відповіді|коментарі|обговорення|ответы|комментарии|обсуждение)"
    r"\s*[:(\[]?\s*(?P<after>\d+)?\s*[)\]]?$"
    r"|^(?P<before>\d+)\s+(?:responses?|comments?|replies|коментар(?:ів|і|ь)?|відповід(?:ей|і|ь)"
    r"|комментари(?:ев|я|й)|ответ(?:ов|а)?)$"
    r"|^(?:no comments(?: yet)?|leave a (?:reply|comment)|залишити коментар|оставить комментарий)$",
    re.I,
)
BUTTONS: Final = """
share|share this|share this article|share this post|follow|follow us|following|subscribe|sign up|sign in
log in|login|listen|listen to this article|save|save article|saved|print|like|reply|more|menu|search|home
news|world|politics|opinion|skip to content|skip to main content|open in app|get app|get the app|write
member-only story|clap|claps|advertisement|ad|sponsored|read more|see more|show more|load more|read also
see also|most popular|most read|trending|related|related articles|recommended|more from|facebook|twitter|x
telegram|whatsapp|instagram|linkedin|youtube|reddit|email|e-mail|copy link|link copied|about|help|status
careers|press|blog|privacy|privacy policy|terms|terms of service|terms of use|cookies|cookie policy
text to speech|contact|contact us|back to top|next|previous|breaking news|live|video|photos|audio|donate
support us|support
поділитися|поділитись|підписатися|підписатись|читати далі|читайте також|читати також|реклама|коментувати
увійти|вхід|меню|пошук|головна|новини|друкувати|зберегти|більше новин|останні новини|відео|фото|підтримати
контакти|про нас
поделиться|подписаться|читать далее|читайте также|войти|вход|поиск|главная|новости|печать|сохранить|ещё|еще
последние новости|видео|поддержать|контакты|о нас
"""
CHROME_PHRASES: Final = frozenset(BUTTONS.strip().replace("\n", "|").split("|"))
CHROME: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"^[\d.,]+\s*[kmкм]?\s*(?:followers?|following|claps?|likes?|shares?|views?|reads?|reactions?"
        r"|bookmarks?|підписник\w*|перегляд\w*|поширен\w*|подписчик\w*|просмотр\w*|лайк\w*)$",
        r"^(?:read also|see also|read more|related|also read|по темі|по теме"
        r"|читайте також|читати також|дивіться також|читайте также|смотрите также)\s*:",
        r"^(?:photos?|image|picture|photograph|credit|getty images|фото|зображення|изображение)"
        r"(?:\s+(?:credit|by|from))?\s*[:/©]",
        r"^(?:tags?|topics?|category|categories|filed under|теги?|теми|темы|категорія|категория)\s*:",
        r"^(?:follow|find|join)\s+(?:us|me)\s+on\b",
        r"^©|\ball rights reserved\b|\b(?:усі|всі) права захищен|\bвсе права защищены",
        r"^[\d\s.,:+\-–—()|/·•]+$",
    )
)
RULE: Final = re.compile(r"^[-–—_*=·•∙~#.+|/\\<>\s]+$")
PARTICLES: Final = frozenset("de del della di da dos van von der den el al la le bin ibn ben y".split())
NAME_TOKEN: Final = re.compile(r"^[^\W\d_](?:[^\W\d_]|['’ʼ.\-])*$")
TERMINAL: Final = re.compile(r"[.!?…;:][\"'”’»)\]]*[^\w\"'”’»)\]]*$")
SEPARATORS: Final = re.compile(r"\s+[·•|∙–—]\s+|\s*[·•|∙]\s*")
BULLET: Final = re.compile(r"^\s*(?:[-*•–—‣▪]|\d{1,2}[.)])\s+\S")
PROSE_WORDS: Final = 4  # own judgement: the shortest sentences in reports ("The town was freed.") have four
PROSE_LENGTH: Final = 200  # characters; headlines stay below it (longest in the labelled cases: 77)
NAME_WORDS: Final = (2, 4)  # given and family name, with a patronymic or a particle


class Line(Enum):
    """The part that a line plays on the page."""

    BLANK = "blank"
    RULE = "rule"
    CHROME = "chrome"
    READING_TIME = "reading time"
    DATE = "date"
    BYLINE = "byline"
    PUBLISHER = "publisher"
    RESPONSES = "responses"
    NAME = "name"
    PROSE = "prose"
    SHORT = "short"

    @property
    def furniture(self) -> bool:
        """True for what is dropped wherever it stands, even between two paragraphs."""
        return self in (Line.BLANK, Line.RULE, Line.CHROME, Line.READING_TIME, Line.PUBLISHER)


def classify(line: str) -> Line:
    """The part that this line plays, by the line alone."""
    text = line.strip()
    if not text:
        return Line.BLANK
    if RESPONSES.match(text):
        return Line.RESPONSES
    if RULE.match(text):
        return Line.RULE
    if is_date(text):
        return Line.DATE
    if is_chrome(text):
        return Line.CHROME
    if is_prose(text):
        return Line.PROSE
    if reading_time(text) is not None:
        return Line.READING_TIME
    if PUBLISHER.match(text):
        return Line.PUBLISHER
    if byline(text) is not None:
        return Line.BYLINE
    return Line.NAME if is_name(text) else Line.SHORT


def is_prose(text: str) -> bool:
    """A sentence or more: ends as one and has the words, or is too long to be anything else."""
    if len(text) >= PROSE_LENGTH:
        return True
    return bool(TERMINAL.search(text)) and len(words(text)) >= PROSE_WORDS and not _only_date(text)


def words(text: str) -> list[str]:
    """The words of a line, numbers left out."""
    return re.findall(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*", text)


def is_chrome(text: str) -> bool:
    """Buttons, menus, tags, credits, counters."""
    phrase = re.sub(r"[\s:.!…>»→+]+$", "", text).casefold()
    return phrase in CHROME_PHRASES or any(pattern.search(text) for pattern in CHROME)


def reading_time(text: str) -> str | None:
    """The words "2 min read" of a line that holds nothing else but a date, a name or separators."""
    match = READING_TIME.search(text)
    if match is None or len(text) > 120:
        return None
    rest = (text[: match.start()] + " | " + text[match.end() :]).strip(" |")
    pieces = [piece for piece in split(rest) if LETTER.search(piece) or piece.strip().isdigit()]
    if all(is_date(piece) or is_name(piece) or byline(piece) or is_chrome(piece) for piece in pieces):
        return match.group()
    return None


def split(text: str) -> list[str]:
    """The pieces of a line set in a row with dots or bars: "Jane Doe · 5 May 2023 | Kyiv"."""
    return [piece.strip(" ,") for piece in SEPARATORS.split(text) if piece.strip(" ,")]


def is_date(text: str) -> bool:
    """A date and nothing else (weekday, clock, "Published" allowed)."""
    return len(text) <= 100 and _only_date(text)


def _only_date(text: str) -> bool:
    if not re.search(r"\d", text) or not (HAS_MONTH.search(text) or HAS_YEAR.search(text)):
        return False
    return LETTER.search(DATE_TOKEN.sub(" ", text)) is None


def byline(text: str) -> str | None:
    """The name or names of "By Jane Doe and John Roe", "Автор: …"."""
    match = BYLINE.match(text)
    if match is None:
        return None
    name = WHERE_FROM.sub("", EDITING.sub("", match.group("name"))).strip(" ,.;")
    people = re.split(r"\s*,\s*|\s+(?:and|та|і|и)\s+|\s*&\s*", name)
    return name if all(is_name(person, shortest=1) for person in people if person) else None


def is_name(text: str, shortest: int = NAME_WORDS[0]) -> bool:
    """Two to four capitalised words: a person's name, or something set like one."""
    tokens = text.split()
    if not shortest <= len(tokens) <= NAME_WORDS[1] or len(text) > 60 or is_chrome(text):
        return False
    if not all(NAME_TOKEN.match(token) for token in tokens) or text.endswith("."):
        return False
    return tokens[0][0].isupper() and all(token[0].isupper() or token in PARTICLES for token in tokens)


def responses(text: str) -> int | None:
    """The count of "Responses (3)"; None when the line gives none."""
    match = RESPONSES.match(text.strip())
    count = match and (match.group("after") or match.group("before"))
    return int(count) if count else None


def publisher(text: str) -> str | None:
    """The name of "Published in The Gazette"."""
    match = PUBLISHER.match(text.strip())
    return match.group("name").strip() if match else None
