package nightly

import (
	"bytes"
	"fmt"
	"strings"

	"nightly.example/app/pkg/go/doc/comment"
	"nightly.example/app/pkg/go/format"
	"nightly.example/app/pkg/html"
	"nightly.example/app/pkg/text/scanner"
	"nightly.example/app/pkg/text/tabwriter"
	"nightly.example/app/pkg/text/template"
)

var documents = []task{
	{"letters to customers were not written", writeLetters},
	{"table of the report could not be set", setTable},
	{"formula of the report is not understood", readFormula},
	{"generated report code could not be formatted", formatCode},
	{"manual could not be set", setManual},
}

const letter = `{{define "line"}} * {{.Name | printf "%-5s"}}{{if gt .Count 1}} x{{.Count}}{{else if eq .Count 0}} (none){{end}}
{{end}}Dear {{with .Title}}{{.}} {{end}}{{.Name | html}},
{{range $i, $one := .Lines}}{{$i}}{{template "line" $one}}{{else}}nothing
{{end}}{{- /* remark */ -}}
{{$n := len .Lines}}{{if and .Paid (or (lt $n 3) (not .Title))}}paid{{end}} {{index .Map "k" 1}} {{slice .Name 1 3}} {{.Greet "x" 3}} {{range $k, $v := .Map}}{{$k}}={{$v}};{{end}} {{js .Name}} {{urlquery "a b&c"}} {{print 1 2 "x" nil}}{{range .Lines}}{{if eq .Name "oil"}}{{continue}}{{end}}{{.Name}}{{break}}{{end}}`

type goods struct {
	Name  string
	Count int
}

type customer struct {
	Title, Name string
	Lines       []goods
	Paid        bool
	Map         map[string][]int
}

func (c customer) Greet(word string, n int) string { return strings.Repeat(word, n) }

func writeLetters(log journal) error {
	parsed, err := template.New("letter").Funcs(template.FuncMap{"up": strings.ToUpper}).Parse(letter)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	who := customer{Name: "O'Neil & <Co>", Lines: []goods{{"tea", 2}, {"oil", 0}}, Paid: true, Map: map[string][]int{"k": {4, 5}, "a": nil}}
	if err := parsed.Execute(&out, who); err != nil {
		return err
	}
	log.compare("letter to a customer differs", out.String())
	for _, broken := range []string{"{{.Nope}}", "{{index .Map 1}}", "{{if}}x{{end}}", "{{range .Lines}}", "{{.Name | nope}}", "{{slice .Name 9 20}}", "{{template \"none\"}}", "{{\"a}}", "{{1 | 2}}", "{{.Greet 1 2}}"} {
		one, err := template.New("broken").Parse(broken)
		if err == nil {
			err = one.Execute(&out, who)
		}
		log.compare("complaint about a letter reads otherwise", err)
	}
	log.compare("tree of the letter differs", parsed.Lookup("line").Tree.Root.String())
	log.compare("unescaped letter differs", []string{html.UnescapeString("&eacute;&#x41;&notit;&#0;&lt&#128;"), html.EscapeString("<a href='x'>\"&")})
	return nil
}

func setTable(log journal) error {
	var out bytes.Buffer
	for _, flags := range []uint{0, tabwriter.AlignRight | tabwriter.Debug, tabwriter.DiscardEmptyColumns | tabwriter.TabIndent, tabwriter.FilterHTML | tabwriter.StripEscape} {
		writer := tabwriter.NewWriter(&out, 5, 4, 2, '.', flags)
		fmt.Fprint(writer, "name\tprice\tcount\nBlue mug\t3.20\t1\n\t\tx\n<b>é</b>\t\xffa\tb\xff\t&amp;\n\n\fnew\tpart\n")
		if err := writer.Flush(); err != nil {
			return err
		}
	}
	log.compare("table of the report looks different", out.String())
	return nil
}

func readFormula(log journal) error {
	var words scanner.Scanner
	words.Init(strings.NewReader("sum(a1, 0x1F) + 'c' * 2.5e3 // why\n\"text \\n\" `raw` /* two */ 017 é_1"))
	words.Mode = scanner.GoTokens &^ scanner.SkipComments
	var seen []string
	words.Error = func(_ *scanner.Scanner, text string) { seen = append(seen, "!"+text) }
	for one := words.Scan(); one != scanner.EOF; one = words.Scan() {
		seen = append(seen, fmt.Sprintf("%s %s %s", words.Position, scanner.TokenString(one), words.TokenText()))
	}
	log.compare("formula was cut into other words", seen)
	words.Init(strings.NewReader("\"open\n 'ab' 09 1_0_ 0b12"))
	seen = nil
	for one := words.Scan(); one != scanner.EOF; one = words.Scan() {
		seen = append(seen, scanner.TokenString(one))
	}
	log.compare("faults of the formula are told otherwise", seen)
	return nil
}

func formatCode(log journal) error {
	code := "package p\nimport (\"os\"; \"fmt\")\n// F does.\nfunc F[T any](a,b int, xs ...T) (err error) {\nif a>b&&b!=0 { a,b=b , a } else { for i:=0;i<a;i++ { fmt.Println(i*2+b, xs[1:]) } }\nswitch x:=any(a).(type) { case int,string: return nil; default: go func(){ _ = x }() }\nvar m=map[string]struct{A int; Bcd string `json:\"b\"`}{\"k\":{1,\"x\"}, \"long\": {22, \"yy\"}} /* end */\nselect { case c<-1: case v,ok:=<-c: _ = v; _ = ok }\nreturn os.ErrExist }\ntype ( I interface{ M(); ~int|string }; S struct { *os.File; x, y chan<- int // both\n z func(int) } )\nconst ( A = iota; B )\n"
	text, err := format.Source([]byte(code))
	if err != nil {
		return err
	}
	log.compare("formatted report code differs", string(text))
	for _, broken := range []string{"package p\nfunc f( {", "package p\nvar x = \n", "packge p", "package p\nfunc f() { if x { }", "package p; import \"a\" var", "x := [1"} {
		_, err := format.Source([]byte(broken))
		log.compare("faults of report code are told otherwise", err)
	}
	part, err := format.Source([]byte("  a:=1\n  if a==1 {b()}\n"))
	log.compare("formatted part of report code differs", string(part))
	return err
}

func setManual(log journal) error {
	var parser comment.Parser
	manual := parser.Parse("Manual of the shop, see [io.Reader] and [the site].\nA second line.\n\n# Heading one\n\nSome text with http://example.org/x.\n\n  - first\n    more\n  - second\n\n 1. one\n 2. two\n\n\tverbatim  text\n\t  deeper\n\nLast line -- ``quoted''.\n\n[the site]: https://example.org/s\n")
	var printer comment.Printer
	printer.TextWidth = 40
	log.compare("manual for the web differs", string(printer.HTML(manual)))
	log.compare("manual as plain text differs", string(printer.Text(manual)))
	log.compare("manual as markdown differs", string(printer.Markdown(manual)))
	log.compare("manual as comment differs", string(printer.Comment(manual)))
	return nil
}
