"""Whether a sentence denies something: the loss a person notices least and suffers most from.

"I did not hit my wife" and "I hit my wife" share nearly every letter, so the likeness of the way back says
nothing. A lost denial cannot be told surely across languages (I lost it, I must, unpaid): it is no reason to
refuse, but such a sentence is pointed out.
"""

from __future__ import annotations

import re
import unicodedata

from kiosk.translation.spelled import in_digits

# Denials that are none: obligation, requests, politeness, set phrases. They are taken out first.
_NONE = {
    "en": r"\b(?:can|could|will|would|won|do|don|does|is|are|am|have|has)n?[’']?t (?:you|we|i|it|they"
    r"|he|she)\b"
    r"|\bno problem\b|\bnot only\b|\bwhether or not\b|\bor not\b|\bno\. ?\d|\bnever ?mind\b|\bwhy not\b",
    "ja": r"(?:なければ|なくては|なくちゃ|ねば|なきゃ)(?:なり|なら|いけ|だめ|ダメ|駄目)?(?:ません"
    r"|ない)?(?:でした|かった)?"
    r"|ないと(?:なり|なら|いけ|だめ|ダメ|駄目)(?:ません|ない)?(?:でした|かった)?|ないと(?=[。、！!]|\s|$)"
    # Cannot but; no more than; surely.
    r"|ざるを[得え](?:ない|ません|なかった)|やむを[得え](?:ない|ません)|かね(?:ない|ません)"
    r"|に過ぎ(?:ない|ません)"
    r"|に違い(?:ない|ありません)|[でて]な(?:らない|りません)|[でて]たまら(?:ない|なく|ません)"
    r"|しか(?:た(?:が)?)(?:ない|ありません)|仕方(?:が)?(?:ない|なく|ありません)|問題は?(?:ない|ありません)"
    r"|かもしれ(?:ない|ません)|かも知れ(?:ない|ません)"
    r"|ませんか|ないですか|ないでしょうか|ないか|すみません|すいません|申し訳(?:ありません"
    r"|ございません|ない)"
    r"|少ない|少なく|危ない|汚い|きたない|もったいない|とんでもない|間違いな[いく]|だけでなく"
    r"|ばかりでなく|かどうか"
    r"|まもなく"
    r"|どうしようもない|しょうがない|仕方がない|じゃないか",
    "ko": r"지 않으면 (?:안|못)\s?(?:돼|되|됩|된)\w*|안 (?:하|가|오|되)?면 (?:안|못)\s?(?:돼|되|됩|된)\w*"
    r"|야만|않겠습니까|않을까요|않나요"
    r"|지 않아요\?|안녕\w*|안내\w*|안전\w*|안정\w*|안과|안경|안심|안에\w*|안으로|집안|그동안|동안"
    r"|미안\w*|없나요|없을까요|없어요\?"
    # No choice but; surely; all the same; as it cannot be helped.
    r"|수밖에 ?없\w*|어쩔 ?수 ?없\w*|틀림 ?없\w*|상관 ?없\w*|문제 ?없\w*|끊임 ?없\w*",
    "zh": r"不好意思|对不起|差不多|不得不|不客气|不但|不仅|不管|不过|能不能|可不可以|是不是|要不要"
    r"|会不会|有没有|行不行|好不好"
    r"|知不知道|不知道能不能|没关系|说不定|不一会|不久|不少|不断|了不起|不如|没问题|不小心|动不动"
    r"|不然|要不|不得已|不论|不止|不光|不时|不幸|不由得|不免|不禁|不安|不动产"
    r"|不景气|不足|不便|不满|不良|不只|不错|不舒服|好不容易|没准|没收|来不来",
    "vi": r"không (?:ạ|vậy|nhỉ)?\s?[?.]?\s*$|không\s?\?|có \w+(?: \w+){0,4} không(?=\s*(?:[?.,!]|$|ạ"
    r"|nhỉ|vậy))|hay không"
    r"|không những|không chỉ|không sao"
    r"|được không|được chưa|chưa\s?\?|phải không",
    "pt": r"\bnão é\?|\bnão só\b|\bnão apenas\b|\bsem dúvida\b|\bné\b|\bou não\b|\bpor que não\b"
    r"|\bnão tem problema\b",
    "es": r"\bno solo\b|\bsin duda\b|\bo no\b|\bpor qué no\b|¿no\b",
}
_SURE = {
    "en": r"\bnot\b|n[’']t\b|\bcannot\b|\bnever\b|\bnobody\b|\bnothing\b|\bno one\b|\bnone\b|\bneither\b"
    r"|\b(?:is|are|was|have|has|had|get|got|with) no\b|\bno longer\b",
    "ja": r"(?<!少)(?<!危)ない(?!し|かも)|ません|なかった|なくて"
    r"|[かさたなばまらわえけげせてねべめれき見]なくなり|(?<!必)ずに|ていず",
    "ko": r"(?<![가-힣])(?:안|못)\s(?=[가-힣])|(?<![가-힣])못(?![지된박질생])(?=[가-힣])"
    r"|(?<![가-힣])안(?=해|했|합|돼|됐|됩|되|줘|줬|줍|받|먹|와|왔|옵|갔|갑)|지 ?않|지 ?못|없(?:다|어"
    r"|습|는|고|이|었|네|지|으)"
    r"|아니(?:에|다|고|라|었)|아닙니다|(?<![까버])지 ?마(?:세|십|라|요|$)",
    "zh": r"不(?!同(?!意))|没|未(?!来|婚|成年)|无法|(?<![特分区性级离告辨类个差识派])别(?=[^的处人墅名])",
    "vi": r"\bkhông\b|\bchưa\b|\bchẳng\b|\bđừng\b",
    "pt": r"\bnão\b|\bnunca\b|\bninguém\b|(?<!\bde )\bnada\b|\bjamais\b|\bnem\b|\bnenhuma?\b",
    "es": r"\bno\b|\bnunca\b|\bnadie\b|(?<!\bde )\bnada\b|\bjamás\b|\bni\b|\bningun[oa]?\b|\bningún\b",
}
# Words that deny in themselves, and so may stand for a denial of the other language.
_PERHAPS = {
    "en": r"\bno\b|\bwithout\b|\bun(?:able|paid|known|employed|insured|fair|safe|sure|til|less|der)\w*"
    r"|\bin(?:valid|correct|sufficient)"
    r"|\bimpossible|\brefus|\bden(?:y|ied|ies)|\breject|\bfail|\black|\bforbid|\bprohibit|\bhardly\b"
    r"|\bdislike|\bonly\b|\bmust\b"
    r"|\bnowhere\b|\btoo\b|\bshort\b|\bhave to\b|\bhas to\b|\bneed\b|\bshould\b|\blost\b|\blose\b"
    r"|\bmissing\b"
    r"|\bstop|\bwrong|\bdifficult|\bhard to\b|\bempty"
    r"|\bwithh|\bbefore\b|\bmay\b|\bmight\b|\bgone\b|\bexpired|\bavoid|\bquit|\bout of\b|\babsent"
    r"|\billegal|\bdis\w+|\bkept from|\bow(?:e|es|ed|ing)\b|\bbehind\b|\boverdue|\blate\b|\bdelay"
    r"|\bran out|\bdie[ds]?\b"
    r"|\bpassed away|\bbarely|\bmerely|\bjust\b|\bafraid|\bscared|\bsick of|\bunwell|\btook away",
    "ja": r"ない|ません|なく|なし|無|不|未|非|禁|拒|断|失|否|ずに|ず、|ておらず|だめ|ダメ|できかね|まい|嫌"
    r"|いや|欠|やめ|辞|違|難し|困|しか|"
    r"づら|にく|切れ|足り|滞|遅|だけ|のみ|ゼロ|消|避|止|悪|怖|恐|変|おかし|奪|追い出|死|亡",
    "ko": r"안|못|않|없|아니|아닙|말|마|모르|불(?![고교])|미(?![국안])|무(?!슨|엇)|거부|거절|금지|싫"
    r"|밀리|밀려|밀렸|체불|늦|밖에|잃|어렵|야 ?(?:하|해|합|한|돼"
    r"|되|됩|된)|(?<![\d일이삼사오육칠팔구십백천])만(?!\s?(?:[\d천백십]|엔|원|명))|부족|적(?=[어다은습게])|모자라|끊|그만",
    "zh": r"不|没|未|无|非|别|拒|禁|否|失|丢|必须|须|得|只|难|缺|停|莫|勿|免|欠|拖|才|仅|不",
    "vi": r"không|chưa|chẳng|đừng|mất|từ chối|thiếu|cấm|phải|chỉ|khó|vô|bất|trái|hết|thôi|quên|cần"
    r"|\bnợ\b|\bsai\b|ngừng|\bbỏ\b|trễ|chậm|muộn|\bsợ\b|\bmới\b",
    "pt": r"não|sem\b|nunca|ningu|nada|nem|nenhum|recus|neg[ao]|proib|perd|falt|precis|dev[eo]"
    r"|tenho que|tem que|só\b|apenas"
    r"|difícil|\bimp(?:oss|ed)|\bin(?:capa|válid|suf|seg|just|corr|compl|útil|adimp|feliz|def)"
    r"|\bdes(?:emp|ped|ist"
    r"|conh|cont|resp|atual|apar|acord|lig)|\bilegal|\bparei|\bparou|talvez|\batras|apenas|somente",
    "es": r"\bno\b|sin\b|nunca|nadie|nada|ni\b|ning|rech|neg|prohib|perd|falt|deb|tengo que|tiene que"
    r"|\bs[oó]lo\b|difícil|\bimp(?:os|ed|id)|\bin(?:capa|válid|suf|seg|just|corr|compl|útil|feliz)"
    r"|\bdes(?:emp|ped"
    r"|ist|con|apar|acuer|act)|\bilegal|\bquizás?|\batras|apenas|únicamente",
}
_RULES = {
    language: tuple(
        re.compile(rules[language], re.IGNORECASE | re.MULTILINE) for rules in (_NONE, _SURE, _PERHAPS)
    )
    for language in _SURE
}


def turned(one: str, other: str, one_code: str, other_code: str) -> bool:
    """Whether one of two sentences that should say the same surely denies, and the other has no word that
    could. Codes are Argos's; False for languages whose words are not known here."""
    first, second = _denies(one, one_code), _denies(other, other_code)
    if first is None or second is None:
        return False
    (sure, perhaps), (other_sure, other_perhaps) = first, second
    return (sure and not other_perhaps) or (other_sure and not perhaps)


def _denies(text: str, code: str) -> tuple[bool, bool] | None:
    """Whether it surely denies, and whether it may."""
    rules = _RULES.get({"pb": "pt", "zt": "zh"}.get(code, code))
    if rules is None:
        return None
    none, sure, perhaps = rules
    plain = in_digits(unicodedata.normalize("NFKC", text).casefold(), code)
    certain = sure.search(none.sub(" ", plain)) is not None
    return certain, certain or perhaps.search(plain) is not None
