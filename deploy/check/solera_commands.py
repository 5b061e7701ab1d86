"""The command line of Solera, as the annotations of its sources declare it.

Reading annotations needs no JDK. TestDeployFiles has picocli itself parse the same arguments.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "spark-jobs/src/main/java/io/solera/jobs"


def _balanced(text, start):
    """The text in the parentheses that open at start; strings may hold parentheses."""
    depth, index, quoted = 0, start, False
    while True:
        char = text[index]
        if char == '"' and text[index - 1] != "\\":
            quoted = not quoted
        elif not quoted:
            depth += {"(": 1, ")": -1}.get(char, 0)
            if depth == 0:
                return text[start + 1 : index]
        index += 1


class Options:
    """What a class declares: options (name: kind), required ones, and whether it takes positional parameters."""

    def __init__(self):
        self.kinds = {}  # name -> flag, value or maybe
        self.required = []  # a tuple of names each
        self.least = 0
        self.most = 0

    def add(self, other):
        self.kinds.update(other.kinds)
        self.required += other.required
        self.least += other.least
        self.most += other.most


def _declared(path):
    text = path.read_text(encoding="utf-8")
    found = Options()
    for match in re.finditer(r"@(Option|Parameters)\(", text):
        inside = _balanced(text, match.end() - 1)
        field = text[match.end() + len(inside) + 1 :].split(";")[0].split("=")[0].split()
        kind = " ".join(field[:-1])
        if match[1] == "Parameters":
            many = "List" in kind
            found.least += 0 if re.search(r'arity\s*=\s*"0', inside) or "Nullable" in kind else 1
            found.most = float("inf") if many else found.most + 1
            continue
        names = tuple(re.findall(r'"(--?[\w-]+)"', re.search(r"names\s*=\s*(\{[^}]*\}|\"[^\"]*\")", inside)[1]))
        if re.search(r'arity\s*=\s*"0\.\.1"', inside):
            shape = "maybe"
        else:
            shape = "flag" if "boolean" in kind.lower() else "value"
        found.kinds.update(dict.fromkeys(names, shape))
        if re.search(r"required\s*=\s*true", inside):
            found.required.append(names)
    for mixin in re.findall(r"@Mixin\s+private\s+(\w+)\s", text):
        found.add(_declared(next(SOURCES.rglob(f"{mixin}.java"))))
    return found


def _commands():
    commands = {}
    for path in SOURCES.glob("*Command.java"):
        name = re.search(r'@Command\(\s*name = "([\w-]+)"', path.read_text(encoding="utf-8"))
        if name:
            commands[name[1]] = _declared(path)
    return commands


COMMANDS = _commands()


def _unknown_rewards(name, value):
    """Rewards of a list that the catalogue does not have, as docs/rewards.md, which is generated from it, shows."""
    if name != "--rewards":
        return []
    catalogue = set(re.findall(r"^\| \[`(\w+)`\]", (ROOT / "docs/rewards.md").read_text(encoding="utf-8"), re.M))
    asked = re.findall(r"(?:^|,)\s*(\w+)", re.sub(r"\([^)]*\)", "", value))
    return [f"there is no reward {each}" for each in asked if each not in catalogue]


def problems(arguments):
    """What is wrong with the arguments, which begin with a command's name."""
    if not arguments or arguments[0] not in COMMANDS:
        return [f"no command {arguments[0] if arguments else ''} (there are {', '.join(sorted(COMMANDS))})"]
    command, given, positional, wrong = COMMANDS[arguments[0]], set(), 0, []
    rest = list(arguments[1:])
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            positional += 1
            continue
        name, equals, _ = word.partition("=")
        shape = command.kinds.get(name)
        if shape is None:
            wrong.append(f"{arguments[0]} has no option {name}")
            continue
        given.add(name)
        if shape == "flag" and equals:
            wrong.append(f"{name} takes no value")
        follows = rest and not rest[0].startswith("-")
        if shape == "value" and not equals:
            if follows:
                wrong += _unknown_rewards(name, rest.pop(0))
            else:
                wrong.append(f"{name} has no value")
        elif shape == "maybe" and not equals and follows:
            rest.pop(0)
    wrong += [f"{arguments[0]} lacks {names[0]}" for names in command.required if not given & set(names)]
    if not command.least <= positional <= command.most:
        wrong.append(f"{arguments[0]} has {positional} parameters (must be {command.least} to {command.most})")
    return wrong


def main_class():
    """The job jar's main class, as its POM has it."""
    pom = (ROOT / "deploy/pom.xml").read_text(encoding="utf-8")
    name = re.search(r"<mainClass>([\w.]+)</mainClass>", pom)[1]
    if not class_exists(name):
        raise ValueError(f"deploy/pom.xml names {name}, which has no source")
    return name


def class_exists(name):
    """Whether a class of Solera's is in a source of its modules."""
    return any(
        (module / "src/main/java" / (name.replace(".", "/") + ".java")).is_file()
        for module in ROOT.iterdir()
    )
