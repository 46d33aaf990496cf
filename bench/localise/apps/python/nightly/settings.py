from nightly.journal import task
from shared import argparse, configparser, optparse, plistlib, shlex, string, tomllib

OLD = """[DEFAULT]
retries = 3
root = /srv/files
[mail]
host = smtp.example.org
port = 2525
tls = yes
folder = %(root)s/outbox
[archive]
keep_days = 14.5
names = daily, weekly,
    monthly
; a remark
empty
"""

TOML = """title = "depot"
[owner]
name = "Ann \\u00e9 \\"B\\""
since = 2021-05-27T07:32:00Z
[limits]
cpu = [ 1, 2.5, 0x1f, 1_000 ]
nested = { a = true, "b.c" = 'raw' }
[[disks]]
id = 1
[[disks]]
id = 2
path = '''C:\\data'''
"""


@task("old settings cannot be read")
def read_settings(log):
    parser = configparser.ConfigParser(allow_no_value=True)
    parser.read_string(OLD)
    log.compare("mail settings are not those of yesterday", [
        parser.get("mail", "folder"), parser.getint("mail", "port"), parser.getboolean("mail", "tls"),
        parser.getfloat("archive", "keep_days"), parser.get("archive", "names"), parser.get("archive", "empty"),
        parser.get("mail", "nothing", fallback="none"), parser.sections(), parser.has_option("mail", "host"),
    ])
    parser["mail"]["port"] = "26"
    parser.remove_section("archive")
    lines = []
    parser.write(type("Sink", (), {"write": lambda self, text: lines.append(text)})())
    log.compare("settings file was rewritten differently", "".join(lines))
    raw = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(), delimiters=("=",))
    raw.read_dict({"a": {"x": "1", "y": "${x}-${b:z}"}, "b": {"z": "9"}})
    log.compare("references between sections resolve to something else", raw.items("a"))


@task("depot description does not load")
def read_depot(log):
    depot = tomllib.loads(TOML)
    log.compare("owner of the depot changed", depot["owner"]["name"])
    log.compare("limits of the depot changed", depot["limits"])
    log.compare("disks of the depot changed", depot["disks"])
    try:
        tomllib.loads("a = 1\na = 2")
        log.compare("a key twice", "accepted")
    except tomllib.TOMLDecodeError as error:
        log.compare("complaint about a doubled key reads otherwise", str(error))


@task("command line of the worker was refused")
def read_arguments(log):
    parser = argparse.ArgumentParser(prog="worker", description="Moves files.")
    parser.add_argument("files", nargs="+")
    parser.add_argument("-n", "--count", type=int, default=2, help="how many (default: %(default)s)")
    parser.add_argument("--mode", choices=["fast", "safe"], default="safe")
    parser.add_argument("-v", action="count", default=0)
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--dry", action="store_true")
    group.add_argument("--force", action="store_true")
    found = parser.parse_args(["-vv", "a.txt", "b.txt", "--count=7", "--mode", "fast"])
    log.compare("worker would start with other options", sorted(vars(found).items()))
    log.compare("help of the worker reads otherwise", parser.format_help())
    log.compare("usage line is not the same", parser.format_usage())


@task("options of the old tool cannot be parsed")
def read_old_options(log):
    parser = optparse.OptionParser(usage="%prog [options] FILE", version="1.2")
    parser.add_option("-o", "--out", dest="out", metavar="FILE", help="write to FILE")
    parser.add_option("-q", action="store_false", dest="loud", default=True)
    parser.add_option("--level", type="int", default=3)
    options, rest = parser.parse_args(["-o", "x.bin", "--level=5", "-q", "in.bin"])
    log.compare("old tool took other options", [options.out, options.loud, options.level, rest])
    log.compare("help of the old tool reads otherwise", parser.format_help())


@task("start command could not be taken apart")
def split_command(log):
    log.compare("start command has other words", shlex.split("run --name 'two words' a\\ b \"x\\\"y\" # note", comments=True))
    log.compare("quoted command differs", shlex.join(["echo", "it's", "", "plain", "$x"]))
    lexer = shlex.shlex("a && b || c; d>e", punctuation_chars=True)
    log.compare("operators of the command line were cut otherwise", list(lexer))
    log.compare("greeting of the console differs", string.Template("Hi $name, ${n}th of $$5").substitute(name="Bo", n=4))
    log.compare("format fields were taken apart otherwise", list(string.Formatter().parse("{0.a[1]!r:>{w}} and {{x}}")))
    log.compare("padded numbers look different", string.Formatter().vformat("{0:03d}|{k!s:>5}|{}".replace("{}", "{1}"), [7, 8], {"k": "v"}))
    log.compare("capitals of the headings differ", string.capwords("two  words"))


@task("property list of the device is broken")
def read_plist(log):
    data = {"name": "probe", "size": 12, "on": True, "parts": [1.5, b"\x00\x01", "x<y"], "none": {}}
    text = plistlib.dumps(data)
    log.compare("device properties are written otherwise", text)
    log.compare("device properties are read otherwise", sorted(plistlib.loads(text)))
    packed = plistlib.dumps(data, fmt=plistlib.FMT_BINARY)
    log.compare("packed device properties have another size", [len(packed), packed[-12:]])
    log.compare("packed device properties are read otherwise", sorted(plistlib.loads(packed).items()))
