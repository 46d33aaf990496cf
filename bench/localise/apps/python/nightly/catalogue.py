import io

from nightly.journal import task
from shared import base64, copy, csv, difflib, fnmatch, html, json, mimetypes, pprint
from shared.html import parser as htmlparser
from shared.xml.dom import minidom

ITEMS = [
    {"id": 1, "name": "Größe \"M\"", "price": 12.5, "tags": ["a", "b"], "next": None},
    {"id": -20, "name": "tab\there", "price": 1e-7, "tags": [], "next": {"id": 3, "ok": True}},
]


@task("catalogue export failed")
def export_items(log):
    text = json.dumps(ITEMS, indent=2, sort_keys=True)
    log.compare("exported catalogue differs from last night", text)
    log.compare("compact catalogue differs from last night", json.dumps(ITEMS, separators=(",", ":"), ensure_ascii=False))
    log.compare("catalogue read back is not what was exported", json.loads(text))
    log.compare("numbers of the catalogue were read otherwise", json.loads('[1, -2.5e3, 0, "\\u00e9\\ud83d\\ude00\\n", {}, [[]], true, NaN]'.replace("NaN", "null")))
    for broken in ('{"a": 1,}', '["x', "[1 2]", '{"a" 1}', "nul"):
        try:
            json.loads(broken)
        except ValueError as error:
            log.compare("broken catalogue is told in other words", str(error))
    pairs = json.loads('{"b": 1, "a": 2}', object_pairs_hook=list)
    log.compare("order of catalogue keys changed", pairs)


@task("price list could not be imported")
def import_prices(log):
    text = "id;name;price\r\n1;\"Mug; blue\";3.20\r\n2;Pen;0.99\r\n\r\n3;Cap;7;extra\r\n4\r\n"
    dialect = csv.Sniffer().sniff(text, delimiters=";,")
    log.compare("price list has another separator", [dialect.delimiter, dialect.quotechar])
    log.compare("price list has no heading any more", csv.Sniffer().has_header("name,age\nann,31\nbob,5\ncy,77\n"))
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";", restkey="more", restval="-"))
    log.compare("prices were read otherwise", rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "price"], extrasaction="ignore", restval="?")
    writer.writeheader()
    writer.writerows(rows[:2] + [{"id": "9"}])
    log.compare("prices were written otherwise", out.getvalue())


class Outline(htmlparser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, attrs))

    def handle_endtag(self, tag):
        self.seen.append("/" + tag)

    def handle_data(self, data):
        self.seen.append(data)

    def handle_comment(self, data):
        self.seen.append("#" + data)


@task("shop page cannot be scanned")
def scan_page(log):
    outline = Outline()
    outline.feed("<!DOCTYPE html><p class=a id='b\"'>5 &lt; 6 &amp; more<br/><!-- x --><b>bold</b>&#169;<script>if (a<b) {}</script></p>")
    outline.close()
    log.compare("outline of the shop page changed", outline.seen)
    log.compare("escaped text of the page differs", html.escape("<a href=\"x\">'&'</a>"))
    log.compare("unescaped text of the page differs", html.unescape("&eacute;&#x41;&notit;&#0;&lt"))


@task("order document is not readable")
def read_order(log):
    document = minidom.parseString("<order no='7'><line n=\"1\">tea &amp; cake</line><line n='2'/><!--late--></order>")
    log.compare("order document prints otherwise", document.documentElement.toprettyxml(indent="  "))
    lines = document.getElementsByTagName("line")
    log.compare("lines of the order changed", [(one.getAttribute("n"), len(one.childNodes)) for one in lines])
    twin = lines[0].cloneNode(True)
    twin.setAttribute("n", "3")
    document.documentElement.insertBefore(twin, lines[1])
    log.compare("order with a further line prints otherwise", document.documentElement.toxml())


@task("price changes cannot be listed")
def list_changes(log):
    before = ["mug 3.20", "pen 0.99", "cap 7.00", "bag 5"]
    after = ["mug 3.40", "pen 0.99", "bag 5", "hat 9"]
    log.compare("list of price changes differs", list(difflib.unified_diff(before, after, "old", "new", lineterm="", n=1)))
    log.compare("context of price changes differs", list(difflib.context_diff(before, after, lineterm="")))
    log.compare("marked price changes differ", list(difflib.ndiff(before, after)))
    log.compare("suggested product is another one", difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]))
    matcher = difflib.SequenceMatcher(None, "private volatile", "private thread currentThread")
    log.compare("likeness of product names changed", [round(matcher.ratio(), 4), matcher.get_opcodes()])


@task("pictures could not be packed")
def pack_pictures(log):
    data = bytes(range(40))
    log.compare("packed picture differs", [base64.b64encode(data), base64.b32encode(data), base64.b85encode(data), base64.a85encode(data + b"\0\0\0\0")])
    log.compare("unpacked picture differs", [base64.b85decode(base64.b85encode(data)), base64.b32decode("MFRGG===")])
    log.compare("kind of a picture file is not known as before", [mimetypes.guess_type("a/b.tar.gz"), mimetypes.guess_type("x.PNG"), mimetypes.guess_extension("text/html")])
    log.compare("picture files matched otherwise", fnmatch.filter(["a1.png", "b.jpg", "[x].png", "c.PNG"], "[!b]*.png"))
    log.compare("pattern of picture names changed", fnmatch.translate("img[0-9]?*.jpg"))
    deep = {"a": [1, {"b": (2, [3])}], "c": {4}}
    twin = copy.deepcopy(deep)
    twin["a"][1]["b"][1].append(5)
    log.compare("copied picture index shares its parts", [deep, twin])
    log.compare("picture index prints otherwise", pprint.pformat({"numbers": list(range(30)), "words": ["alpha " * 6] * 3, "n": {"k": {"x": None}}}, width=60))
