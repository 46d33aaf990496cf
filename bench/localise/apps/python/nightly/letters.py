from nightly.journal import task
from shared import quopri, textwrap
from shared import urlparse as urls
from shared.email import message_from_string, policy
from shared.email import utils as addresses
from shared.email.header import Header, decode_header
from shared.email.mime.multipart import MIMEMultipart
from shared.email.mime.text import MIMEText
from shared.http import cookies

RAW = """From: "Ann, B." <ann@example.org>
To: bob@example.org, Cy <cy@example.net>
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= and more
Date: Mon, 02 Mar 2026 10:00:05 +0130
Content-Type: multipart/mixed; boundary="xyz"

--xyz
Content-Type: text/plain; charset="utf-8"

Hello
 there
--xyz
Content-Type: text/html

<p>Hi</p>
--xyz--
"""


@task("letter of a customer cannot be opened")
def open_letter(log):
    letter = message_from_string(RAW)
    log.compare("parts of the letter changed", [(part.get_content_type(), part.get_payload()) for part in letter.walk() if not part.is_multipart()])
    log.compare("subject of the letter reads otherwise", decode_header(letter["Subject"]))
    log.compare("receivers of the letter changed", addresses.getaddresses(letter.get_all("To") + letter.get_all("From")))
    log.compare("date of the letter changed", [addresses.parsedate_tz(letter["Date"]), addresses.mktime_tz(addresses.parsedate_tz(letter["Date"]))])
    modern = message_from_string(RAW, policy=policy.default)
    log.compare("headings of the letter changed", [str(modern["subject"]), str(modern["to"].addresses[1].username)])


@task("answer to a customer was not written")
def write_letter(log):
    letter = MIMEMultipart("alternative", boundary="==part==")
    letter["Subject"] = Header("Übersicht der Bestellung, die gestern einging und noch heute versandt wird", "utf-8")
    letter["From"] = addresses.formataddr(("Shop, Main", "shop@example.org"))
    letter["Date"] = addresses.formatdate(1772438400, localtime=False)
    letter.attach(MIMEText("plain", "plain", "us-ascii"))
    letter.attach(MIMEText("<b>fett ü</b>", "html", "utf-8"))
    log.compare("answer to the customer differs", letter.as_string())
    log.compare("quoted body of the answer differs", quopri.encodestring(b"caf\xe9 = 100% and a very long line that goes on and on until it must be broken \t\nend"))
    log.compare("decoded body of the answer differs", quopri.decodestring(b"caf=E9 =3D=\n more"))


@task("text of the newsletter could not be set")
def set_text(log):
    text = "   The quick brown fox -- so they say -- jumped over the well-known lazy dog near hyper-text-transfer.  Twice!"
    log.compare("newsletter breaks its lines elsewhere", textwrap.wrap(text, width=24))
    log.compare("newsletter with bullets looks different", textwrap.fill(text, 30, initial_indent="* ", subsequent_indent="  ", break_long_words=False))
    log.compare("teaser of the newsletter is cut elsewhere", textwrap.shorten(text, 40, placeholder=" (more)"))
    log.compare("indentation of the newsletter changed", textwrap.dedent("    a\n      b\n\n    c"))
    log.compare("quoted part of the newsletter changed", textwrap.indent("a\n\n b\n", "> "))
    log.compare("long words are broken elsewhere", textwrap.wrap("abcdefghijklmnopqrst uv", 7, max_lines=3))


@task("links of the letter are not usable")
def check_links(log):
    link = "https://ann:pw@shop.example.org:8443/a%20b/../c;v=1?x=1&y=&x=3#top"
    parts = urls.urlsplit(link)
    log.compare("link was taken apart otherwise", [tuple(parts), parts.port, parts.hostname, parts.username])
    log.compare("query of the link reads otherwise", urls.parse_qs(parts.query, keep_blank_values=True))
    log.compare("relative link points elsewhere", [urls.urljoin(link, ref) for ref in ("../z", "/q?r", "//h/i", "?only", "./././e", "g;x=1/../y")])
    log.compare("encoded link differs", [urls.quote("a b/ü&c"), urls.quote_plus("a b+c"), urls.unquote("%C3%BC%zz"), urls.urlencode({"k": ["v 1", "v2"]}, doseq=True)])
    log.compare("link without its fragment differs", urls.urldefrag(link))
    jar = cookies.SimpleCookie('id="a\\073b"; path=/; theme=dark')
    jar["id"]["max-age"] = 60
    log.compare("cookies of the link differ", jar.output(header="Set:", sep="|"))
