package nightly

import (
	"bytes"
	"time"

	"nightly.example/app/pkg/flag"
	"nightly.example/app/pkg/net/url"
)

var settings = []task{
	{"command line of the worker was refused", readFlags},
	{"links of the settings are not usable", readLinks},
}

func readFlags(log journal) error {
	var out bytes.Buffer
	flags := flag.NewFlagSet("worker", flag.ContinueOnError)
	flags.SetOutput(&out)
	count := flags.Int("count", 2, "how `many` to take")
	dry := flags.Bool("dry", false, "change nothing")
	wait := flags.Duration("wait", time.Second, "pause")
	name := flags.String("name", "", "who\nand more")
	rate := flags.Float64("rate", 0.5, "share")
	size := flags.Uint64("size", 0, "bytes")
	flags.Func("item", "may be repeated", func(text string) error { out.WriteString(text + ";"); return nil })
	if err := flags.Parse([]string{"-count=7", "--dry", "-wait", "1m30s", "--name", "ann", "-rate=.25", "-item", "a", "-item=b", "-size", "0x10", "rest", "-x"}); err != nil {
		return err
	}
	log.compare("worker would start with other options", []any{*count, *dry, *wait, *name, *rate, *size, flags.Args(), flags.NFlag()})
	var seen []string
	flags.VisitAll(func(one *flag.Flag) { seen = append(seen, one.Name+"="+one.DefValue) })
	log.compare("known options of the worker changed", seen)
	flags.PrintDefaults()
	for _, wrong := range [][]string{{"-count", "x"}, {"-nope"}, {"-count"}, {"--dry=maybe"}, {"---x"}, {"-h"}, {"-size=-1"}, {"-=x"}} {
		log.compare("refusal of the worker reads otherwise", flags.Parse(wrong))
	}
	log.compare("help of the worker reads otherwise", out.String())
	return nil
}

func readLinks(log journal) error {
	link, err := url.Parse("https://ann:p%40w@shop.example.org:8443/a%20b/../c;v=1?x=1&y=&x=3#t%C3%BCr")
	if err != nil {
		return err
	}
	log.compare("link was taken apart otherwise", []any{link.Scheme, link.User.String(), link.Hostname(), link.Port(), link.Path, link.RawQuery, link.Fragment, link.EscapedPath(), link.Redacted(), link.RequestURI()})
	log.compare("query of the link reads otherwise", []any{link.Query(), link.Query().Encode(), link.Query().Get("x")})
	for _, reference := range []string{"../z", "/q?r", "//h/i", "?only", "./././e", "g;x=1/../y", "#top", "mailto:a@b", ""} {
		other, err := link.Parse(reference)
		if err != nil {
			return err
		}
		log.compare("relative link points elsewhere", other.String())
	}
	log.compare("joined link differs", []any{link.JoinPath("../d", "e/").String(), url.PathEscape("a/b c?é"), url.QueryEscape("a/b c&é")})
	for _, broken := range []string{"http://[::1", "http://a b/", "%zz", "http://h:port/", "1http://x", ":x", "http://h/%a", "http://[fe80::1%25en0]/"} {
		one, err := url.Parse(broken)
		log.compare("a broken link is told otherwise", []any{one, err})
	}
	values, err := url.ParseQuery("a=1&b=%C3%BC+x&c&a=2&d=%zz")
	log.compare("form of the settings reads otherwise", []any{values, err})
	text, err := url.PathUnescape("a%2Fb+c")
	log.compare("path of the settings reads otherwise", text)
	return err
}
