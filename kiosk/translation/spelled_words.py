"""The words for numbers, by language (two letters): which are surely numbers, and which may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.translation import kanji


@dataclass(frozen=True)
class Grammar:
    """How a language with words for its numbers puts them together."""

    values: Mapping[str, int]
    scales: Mapping[str, int]
    joins: frozenset[str]
    before: Mapping[str, frozenset[str]]
    """Words that are numbers only before one of these: ba is three or father."""
    without: re.Pattern[str] | None = None
    """What holds such words and is no number: thứ hai is Monday."""
    unsure: frozenset[str] = frozenset()
    """Words that alone may be something else: second, third."""
    points: frozenset[str] = frozenset()
    """What stands before the tenths."""
    goes_on: frozenset[str] = frozenset()
    """Of the words in `before`, those that always are numbers after a scale: hai mươi ba."""
    ten: bool = False
    """Whether ten goes on with one to nine, as mười lăm does."""
    short: bool = False
    """Whether the last word may mean the next lower unit: một trăm hai is 120."""

    def number(self, word: str, after: str) -> bool:
        """Whether `word` is a number before the word `after` (empty: not known)."""
        if word in self.before and after:
            return after in self.before[word] or after in self.scales
        return word in self.values or word in self.scales

    def read(self, words: list[str]) -> list[tuple[str, bool]]:
        """The numbers of words that stand together, and whether each is surely one."""
        found: list[tuple[str, bool]] = []
        total, section, last, certain, begun = 0, 0, 0, True, False
        for word in words:
            if word in self.values:
                value = self.values[word]
                if begun and not (value and total + section and self._fits(section, value)):
                    found.append((str(total + section), certain))
                    total, section, certain = 0, 0, True
                section, last = section + value, value
            else:
                scale = self.scales[word]
                certain = certain and section + total > 0
                if scale < 1000:
                    section, last = section - last + (last or 1) * scale, 0
                else:
                    total, section, last = total + (section or 1) * scale, 0, 0
            begun = True
        scale = self.scales.get(words[-2], 0) if len(words) > 1 else 0
        if self.short and scale >= 100 and 0 < section % 10 == last:
            whole = total + section
            return [*found, (str(whole), False), (str(whole - last + last * scale // 10), False)]
        return [*found, (str(total + section), certain)]

    def _fits(self, section: int, value: int) -> bool:
        """Whether a value continues what was said: five after twenty, but not ninety after nineteen, nor five
        after ten."""
        if section % 100 == 10 and not self.ten:
            return False
        return section == 0 or (value < section and section % 10 ** len(str(value)) == 0)


def _values(words: str, start: int = 1, step: int = 1) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(words.split()):
        found |= dict.fromkeys(cell.split("|"), start + place * step)
    return found


_VIETNAMESE_COUNTED = frozenset(
    _values(
        "tháng tuần ngày giờ tiếng phút người đứa lần cái con năm tuổi cháu tầng yên đồng man lá loại tờ độ"
    )
)

_ENGLISH_ORDINALS = (
    _values("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth")
    | _values("fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth", 14)
    | {"twentieth": 20, "thirtieth": 30}
)
_HOUR = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"

GRAMMARS: dict[str, Grammar] = {
    "en": Grammar(
        _values(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        )
        | _values("seventeen eighteen nineteen", 17)
        | _values("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
        | {"a": 1, "zero": 0}
        | _ENGLISH_ORDINALS,
        {"hundred": 100, "thousand": 1000, "million": 1_000_000},
        frozenset({"and"}),
        {"a": frozenset()},
        re.compile(
            rf"\bquarter to (?:{_HOUR})\b|\b(?:half|quarter of) an? (?:million|thousand|hundred)\b"
            r"|\b(?:\w+ and a half|two|three) (?:million|thousand|hundred)s? and a half\b|\b\w+ and a half"
            r" (?:million|thousand)\b|\b\w+ dozens?\b"
        ),
        frozenset(_ENGLISH_ORDINALS),
        frozenset({"point"}),
    ),
    "vi": Grammar(
        _values("một|mốt hai ba bốn năm|lăm|nhăm sáu bảy|bẩy tám chín mười"),
        {
            "mươi": 10,
            "trăm": 100,
            "nghìn": 1000,
            "ngàn": 1000,
            "vạn": 10_000,
            "man": 10_000,
            "triệu": 1_000_000,
            "chục": 10,
        },
        frozenset({"linh", "lẻ"}),
        dict.fromkeys(("ba", "năm", "chín"), _VIETNAMESE_COUNTED),
        re.compile(r"\bthứ (?:hai|ba|tư|năm|sáu|bảy|bẩy)\b|\b\w+ giờ kém \w+(?: \w+)?"),
        points=frozenset({"phẩy", "chấm"}),
        goes_on=frozenset({"ba", "chín"}),
        ten=True,
        short=True,
    ),
    "pt": Grammar(
        _values(
            "um|uma dois|duas três quatro cinco seis sete oito nove dez onze doze treze quatorze"
            "|catorze quinze"
        )
        | _values("dezesseis|dezasseis dezessete|dezassete dezoito dezenove|dezanove", 16)
        | _values("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa", 20, 10)
        | _values("cem|cento duzentos|duzentas trezentos|trezentas quatrocentos|quatrocentas", 100, 100)
        | _values(
            "quinhentos|quinhentas seiscentos|seiscentas setecentos|setecentas oitocentos|oitocentas",
            500,
            100,
        )
        | {"novecentos": 900, "novecentas": 900, "zero": 0, "tres": 3},
        {"mil": 1000, "milhão": 1_000_000, "milhões": 1_000_000, "milhao": 1_000_000, "milhoes": 1_000_000},
        frozenset({"e"}),
        {},
        re.compile(r"\b(?:quinze|dez|cinco|vinte) para (?:as|a|o|ao) \w+"),
        points=frozenset({"vírgula", "ponto"}),
    ),
    "es": Grammar(
        _values("uno|una|un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince")
        | _values(
            "dieciséis diecisiete dieciocho diecinueve veinte veintiuno|veintiún|veintiuna veintidós", 16
        )
        | _values("veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve", 23)
        | _values("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
        | _values(
            "cien|ciento doscientos|doscientas trescientos|trescientas cuatrocientos|cuatrocientas", 100, 100
        )
        | _values("quinientos|quinientas seiscientos|seiscientas setecientos|setecientas", 500, 100)
        | _values("ochocientos|ochocientas novecientos|novecientas", 800, 100)
        | {"cero": 0, "dieciseis": 16, "veintidos": 22, "veintitres": 23, "veintiseis": 26},
        {"mil": 1000, "millón": 1_000_000, "millones": 1_000_000, "millon": 1_000_000},
        frozenset({"y"}),
        {},
        re.compile(
            r"\b\w+ menos (?:cuarto|cinco|diez|veinte)\b|\b(?:cuarto|cinco|diez|veinte) para las? \w+"
        ),
        points=frozenset({"coma", "punto"}),
    ),
}

_NATIVE = _values("한|하나 두|둘 세|석|서|셋 네|넉|너|넷 다섯 여섯 일곱 여덟 아홉 열")
_TENS = _values("열 스물|스무 서른 마흔 쉰 예순 일흔 여든 아흔", 10, 10)


KOREAN_TENS = re.compile(
    r"(?<![가-힣])(?:스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔)"
    r"(?:\s?(?:한|하나|두|둘|세|셋|네|넷|다섯|여섯|일곱|여덟|아홉))?"
)


def korean_native(written: str) -> str | None:
    plain = "".join(written.split())
    for word, ten in _TENS.items():
        if plain.startswith(word):
            rest = plain[len(word) :]
            return str(ten + _NATIVE[rest]) if rest in _NATIVE else None if rest else str(ten)
    return str(_NATIVE[plain]) if plain in _NATIVE else None


_NUMERAL = "〇零一二三四五六七八九十百千万億亿萬两"
_TENTHS = " ?[一二三四五六七八九](?:[度倍万公。，]|$)"
_Reader = Callable[[str], str | None]
COUNTED: dict[str, tuple[tuple[re.Pattern[str], _Reader], ...]] = {
    "zh": (
        (
            re.compile(
                rf"(?<!\d)(?<!\d[.,])(?<![第几数幾上周週期拜{_NUMERAL}])([一二三四五六七八九十两][{_NUMERAL}]*)多?"
                rf"(?=个|個|月|天|日(?!本)|号|年|岁|歲|点(?!{_TENTHS})|小时|分钟|次|人|位|名|周|週|日元|日圆|元|块"
                r"|张|份|倍|层|楼|级|家|件)"
            ),
            kanji.chinese,
        ),
    ),
    "ja": (
        (
            re.compile(
                rf"(?<!\d)(?<!\d[.,])(?<![第数何幾{_NUMERAL}])([一二三四五六七八九十百千][{_NUMERAL}]*)"
                r"(?=[かヶカヵ箇ケ]月|月|日(?![市町本])|年|歳|才|時|回|人|名|週|円|倍|階|割|つ|枚|件"
                r"|度|通|社|泊)"
            ),
            kanji.value,
        ),
    ),
    "ko": (
        (re.compile(r"(?<![가-힣\d])([이삼사오육칠팔구십]+)\s?(?=개월)"), kanji.korean),
        (
            re.compile(
                r"(?<![가-힣\d])(?=[가-힣]*[십백천만])([일이삼사오육칠팔구십백천만억]{2,}?)\s?"
                r"(?=(?:[년월일세분시명호층급]|퍼센트|프로"
                r"|시간)(?:[은는이가을를에의도만로부까간전후동마째생대쯤정]|\s|$))"
            ),
            kanji.korean,
        ),
        (
            re.compile(
                r"(?<![가-힣])((?:(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)\s?)?"
                r"(?:한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉)|열|스무|서른|마흔|쉰|예순|일흔|여든"
                r"|아흔)\s?"
                r"(?=달(?!력|라|러)|명(?![의절단예])|사람|시(?![청장작내험골도설민급]|어[머른]|아버)|번(?![호역])|살(?![고아았기던려지림])"
                r"|개(?![월인정학통설])|주(?:일|간|\s)|군데|가지|차례|마리|채|식구|아이|자녀"
                # Without a blank 세대 is a household, 네 배우자 "yes, my husband".
                r"|(?<=\s)(?:배(?![우달상관가송])|대(?![사출학신부기리화])|장(?![애소기사례남마학난보])"
                r"|해(?![고서요외야결도줬주당봤])))"
            ),
            korean_native,
        ),
    ),
}

# Value and wordings that may mean it: of 1 to 12 between commas, then others.
_FEW = {
    "en": r"one|an?|first|once,two|second|twice|both|couple|pair|twins|parents,third|thirds?,fourth"
    r"|quarter,fifth"
    r",sixth,seventh,eighth,ninth,tenth,eleventh,twelfth|dozen|noon|midnight",
    "ko": "한|하나|하루|일,두|둘|한두|이틀|이|양쪽|부모,세|셋|석|두세|서너|사흘|삼,네|넷|넉|서너|나흘"
    "|사,다섯|닷새|오"
    ",여섯|육|유|반,"
    "일곱|칠|일주,여덟|팔,아홉|구,열|열흘|십|시월,열한|십일,열두|십이|정오|자정",
    "vi": r"một,hai|cả hai|bố mẹ,ba,bốn|tư,năm,sáu|nửa,bảy,tám,chín,mười,mười\smột,mười\shai|trưa|nửa đêm",
    "pt": "uma?|primeir[oa],dois|duas|segund[oa]|ambos|ambas|casal|pais,terceir[oa],quart[oa]"
    ",quint[oa],meia|meio|"
    "sext[oa],sétim[oa],oitav[oa],non[oa],décim[oa],onze,doze|meio-dia|meia-noite",
    "es": "una?|uno|primer[oa]?,dos|segund[oa]|ambos|ambas,tres|tercer[oa]?,cuatro,cinco,seis|medio"
    "|media,siete,ocho,"
    "nueve,diez,once,doce|mediodía|medianoche",
    "fr": "une?|premi[eè]re?,deux|second,trois,quatre,cinq,six,sept,huit,neuf,dix,onze,douze",
    "id": "satu|se\\w+,dua|kedua,tiga,empat,lima,enam,tujuh,delapan,sembilan,sepuluh,sebelas,dua belas",
    "tl": "isa\\w*,dalawa\\w*,tatlo\\w*,apat,lima\\w*,anim,pito\\w*,walo\\w*,siyam,sampu\\w*,onse,dose",
    "ja": "ひとつ|ひとり|ひと月|ついたち"
    ",ふたつ|ふたり|ふつか|両|双子|私たち|双方|互い|親子|母子|父子|夫婦|倍"
    ",みっつ|みっか,よっつ|よっか,いつつ|いつか,"
    "むっつ|むいか,ななつ|なのか,やっつ|ようか,ここのつ|ここのか,とお,じゅういち,正午|ダース",
    "zh": "首,双|俩|父母|夫妻|母子|母女|父子|倍,仨,刻,五,六,七,八,九,十,十一,中午|打",
}
MONTHS = {
    "en": "january february march april may june july august september october november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
}
_POLICE = {
    "en": "police",
    "vi": "cảnh sát|công an",
    "pt": "polícia",
    "ko": "경찰",
    "zh": "警察|报警",
    "es": "policía",
}
_OTHERS: dict[str, tuple[tuple[str, str], ...]] = {
    "ja": (("20", "はたち|二十歳"), ("15", "半月"), ("2", "半分"), ("110", "警察"), ("119", "救急|消防")),
    "ko": (("20", "스무|스물"), ("15", "보름"), ("119", "구급|소방")),
    "en": (
        ("119", "ambulance|fire"),
        ("15", "quarter"),
        ("24", "midnight"),
        ("2", "fortnight"),
        ("250000", "quarter of a million"),
        ("500000", "half a million"),
        *(
            (f"{tens}0", rf"{word}(?:ies|ieth)")
            for word, tens in _values("twent thirt fort fift sixt sevent eight ninet", 2).items()
        ),
    ),
    "vi": (("15", "nửa tháng"), ("119", "cứu thương|cứu hỏa")),
    "pt": (("119", "ambulância|bombeiros"), ("15", "quinzena")),
    "zh": (("119", "救护车|消防"), ("15", "半个月|刻")),
    "es": (("119", "ambulancia|bomberos"), ("15", "cuarto|quincena")),
}


def _word(words: str, language: str) -> re.Pattern[str]:
    if language in ("ja", "zh"):
        return re.compile(words)
    if language == "ko":
        # Number words stand before their counters, with a space or without.
        return re.compile(rf"(?<![가-힣])(?:{words})")
    return re.compile(rf"\b(?:{words})\b")


def _perhaps(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    cells = [(str(number), words) for number, words in enumerate(_FEW[language].split(","), 1)]
    cells += [(str(number), words) for number, words in enumerate(MONTHS.get(language, "").split(), 1)]
    cells += _OTHERS.get(language, ())
    if language in _POLICE:
        cells.append(("110", _POLICE[language]))
    return tuple((value, _word(words, language)) for value, words in cells)


PERHAPS = {language: _perhaps(language) for language in _FEW}


# Digits told one by one, as recognizers write telephone numbers: zero nine zero; cinco meia sete; 공구공.
_DIGITS = {
    "en": "zero|oh|o one two three four five six seven eight nine",
    "vi": "không một|mốt hai ba bốn|tư năm|lăm sáu bảy|bẩy tám chín",
    "pt": "zero um|uma dois|duas três|tres quatro cinco seis|meia sete oito nove",
    "es": "cero uno|una|un dos tres cuatro cinco seis siete ocho nueve",
    "ko": "공|영 일|하나 이|둘 삼 사 오 육|륙 칠 팔 구",
}
_LEAST_DIGITS = {"ko": 4}


def _telephone(language: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """A stretch of digits in words, one of them, and what each is."""
    digits = {word: str(number) for word, number in _values(_DIGITS[language], 0).items()}
    one = "|".join(sorted(digits, key=len, reverse=True))
    least = _LEAST_DIGITS.get(language, 7) - 1
    if language == "ko":
        # The 이 of 오육칠팔이에요 is no two.
        more = rf"[\s,-]*(?!이(?:에요|예요|고|라|지|었|야))(?:{one})"
        return re.compile(rf"(?:{one})(?:{more}){{{least},}}"), re.compile(one), digits
    return (
        re.compile(rf"\b(?:{one})(?:[\s,.-]+(?:{one})\b){{{least},}}"),
        re.compile(rf"\b(?:{one})\b"),
        digits,
    )


TELEPHONES = {language: _telephone(language) for language in _DIGITS}
