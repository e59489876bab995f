"""Whether a few words are most likely the name of a person, by how names are written.

A given name that is common here, an initial, or a form of address, before a
name with a capital: never certain, so it is asked of most cells of a column
and never of one. Names that are words as well are left out.
"""

from __future__ import annotations

_ADDRESS = frozenset(
    [
        "cllr",
        "cllrs",
        "councillor",
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "prof",
        "rev",
        "sir",
        "dame",
        "lord",
        "lady",
    ]
)
# Given names that are common in England and Wales. Source: Office for National
# Statistics, Baby names, lists of several decades.
_NAMES = """
aaron abdul abigail adam adele adrian ahmed aidan aisha alan alec alex alexander
alexandra ali alice alison amanda amelia amina amir amy andrea andrew andy angela
anita ann anna anne annette anthony antonia arjun arthur asha ashley asif audrey
ayesha barbara barry becky belinda ben benjamin bernadette bernard beth bethany
beverley bill bob brenda brian bridget bruce bryony caitlin callum carl carla carly
carol caroline catherine cathy charles charlie charlotte cheryl chloe chris
christian christina christine christopher claire clare clive colin connor craig
damian dan daniel danielle danny darren dave david dean debbie deborah debra denise dennis
derek diana diane donna dorothy douglas duncan edward eileen elaine eleanor
elizabeth ella ellen ellie emily emma eric erica esther ethan eve evelyn farah
fatima felicity fiona frances francis frank fred gail gareth gary gavin gemma geoff
george georgia georgina gerald gillian gina gordon graham greg gurpreet hannah
harpreet harriet harry hassan hayley heather helen henry hilary holly hugh ian imran
irene isaac isabel isla ivan jacob jacqueline jade jake james jamie jan jane janet
janice jasmine jason jatinder jean jeff jeffrey jennifer jenny jeremy jess jessica
jill jim jo joan joanna joanne joe joel john jonathan jordan joseph josh joshua
joyce judith judy julia julian julie justin karen kate katherine kathleen kathryn
katie kavita keith kelly ken kenneth kerry kevin khalid kim kirsty kulwinder kyle
laura lauren laurence lee leila lena lewis liam lily linda lindsay lisa liz lorna
lorraine louis louise lucy luke lydia lynn lynne maggie malcolm manjit marcus
margaret maria marie marilyn marion martin martyn mary matt matthew maureen max
maxine megan melanie melissa mia michael michelle mick miriam mohamed mohammad
mohammed mohan molly monica morgan muhammad nadia naomi natalie natasha nathan neil
nia niamh nicholas nick nicola nicole nigel nina noor norman olga olivia omar oscar
owen pam pamela pat patricia patrick paul paula pauline penny pete peter phil philip
philippa phoebe pippa priya rachael rachel raj rajesh ravi ray raymond rebecca
richard rita rob robert roger ronald rosemary rosie ross roy russell ruth ryan sally
salma sam samantha samuel sandra sanjay sara sarah sean shabana shane sharon shaun
sheila shirley simon siobhan sofia sonia sophia sophie stacey stefan stella
stephanie stephen steve steven stuart sue sunita susan suzanne sylvia tahir tanya
tara ted teresa terry theresa thomas tim timothy tina toby todd tom tony tracey
tracy trevor usha valerie vanessa veronica vicky victoria vijay vincent wayne wendy
yasmin yusuf yvonne zahra zara zoe
"""
_GIVEN = frozenset(_NAMES.split())
_MOST_WORDS = 4


def may_be_person(words: str) -> bool:
    """Say whether a few words look like a person's name.

    Examples
    --------
    >>> may_be_person("Jane Doe"), may_be_person("Cllr A Khan"), may_be_person("J. Smith")
    (True, True, True)
    >>> may_be_person("Public Health"), may_be_person("James Street Surgery team")
    (False, False)
    """
    if words.strip().startswith("@"):  # as tools for tasks write whom they mean
        return len(words.split()) <= _MOST_WORDS
    parts = [part.strip(".,") for part in words.split()]
    addressed = bool(parts) and parts[0].casefold() in _ADDRESS
    parts = [part for part in parts if part.casefold() not in _ADDRESS]
    if not parts or len(parts) > _MOST_WORDS or not all(map(_has_capital, parts)):
        return False
    if addressed:
        return True
    first, last = parts[0], parts[-1]
    initials = first.isupper() and len(first) <= 2 and len(parts) == 2
    given = first.casefold() in _GIVEN and len(parts) <= 3
    return (initials and len(last) > 2 and not last.isupper()) or (
        given and len(parts) > 1
    )


def _has_capital(part: str) -> bool:
    letters = part.replace("'", "").replace("\u2019", "").replace("-", "")
    return letters.isalpha() and part[0].isupper()
