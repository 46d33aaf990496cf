package nightly

import (
	"bytes"
	"fmt"
	"strings"

	"nightly.example/app/pkg/encoding/csv"
	"nightly.example/app/pkg/encoding/json"
	"nightly.example/app/pkg/encoding/xml"
)

var catalogue = []task{
	{"catalogue export failed", exportCatalogue},
	{"catalogue import failed", importCatalogue},
	{"price list could not be imported", importPrices},
	{"order document is not readable", readOrder},
	{"order document was not written", writeOrder},
}

type base struct {
	ID   int `json:"id"`
	Note string
}

type item struct {
	base
	Name   string             `json:"name,omitempty"`
	Price  float64            `json:"price,string"`
	Tags   []string           `json:"tags"`
	Parts  map[string]*item   `json:"parts,omitempty"`
	Rates  map[int]float32    `json:"rates"`
	Any    any                `json:"any"`
	Raw    json.RawMessage    `json:"raw,omitempty"`
	hidden int
}

func exportCatalogue(log journal) error {
	one := item{base: base{4, "x"}, Name: "Größe <M> & \"é\"\u2028", Price: 1e-7, Tags: nil, Rates: map[int]float32{3: 0.5, -1: 1e21}, Any: []any{1, "a", nil, true, map[string]any{"z": 1, "a": 2.5}}, Raw: json.RawMessage(`{"k": [1, 2]}`)}
	one.Parts = map[string]*item{"lid": {Name: "lid", Tags: []string{}}, "none": nil}
	text, err := json.Marshal(one)
	if err != nil {
		return err
	}
	log.compare("exported catalogue differs from last night", string(text))
	wide, err := json.MarshalIndent(map[string]any{"b": []int{1, 2}, "a": map[string]any{}, "c": []byte("bytes")}, ">", "  ")
	if err != nil {
		return err
	}
	log.compare("readable catalogue differs from last night", string(wide))
	var out bytes.Buffer
	if err := json.Compact(&out, wide[0:]); err != nil {
		log.compare("catalogue that cannot be made compact is told otherwise", err)
	}
	if err := json.Indent(&out, text, "", "\t"); err != nil {
		return err
	}
	json.HTMLEscape(&out, []byte(`"<a>&"`))
	log.compare("indented catalogue differs from last night", out.String())
	_, err = json.Marshal(map[string]any{"f": func() {}})
	log.compare("refused catalogue is told otherwise", err)
	return nil
}

func importCatalogue(log journal) error {
	var one item
	text := `{"ID": 7, "note": "n", "name": "caf\u00e9 \ud83d\ude00\n", "price": "2.50", "tags": ["a", null, "b"], "parts": {"lid": {"id": 8, "price": "1"}}, "rates": {"5": 1.5}, "any": [1, {"x": null}, "s", false], "raw": [ 1 ], "more": 3}`
	if err := json.Unmarshal([]byte(text), &one); err != nil {
		return err
	}
	log.compare("imported catalogue differs", []any{one.ID, one.Note, one.Name, one.Price, one.Tags, one.Parts["lid"].ID, one.Rates, one.Any, string(one.Raw)})
	for _, broken := range []string{`{"id": "x"}`, `{"id": 1`, `{"id": 1,}`, `[1, 2`, `{"rates": {"x": 1}}`, `{"tags": 5}`, `nul`, `{"price": 3}`} {
		var other item
		log.compare("a broken catalogue is told otherwise", json.Unmarshal([]byte(broken), &other))
	}
	decoder := json.NewDecoder(strings.NewReader(`{"a": [1, 2.5]} "next" 12 {"b": 1}`))
	decoder.UseNumber()
	for decoder.More() {
		var value any
		if err := decoder.Decode(&value); err != nil {
			return err
		}
		log.compare("stream of the catalogue differs", value)
	}
	strict := json.NewDecoder(strings.NewReader(`{"id": 1, "unknown": 2}`))
	strict.DisallowUnknownFields()
	log.compare("unknown field of the catalogue is told otherwise", strict.Decode(&one))
	tokens := json.NewDecoder(strings.NewReader(`{"a": [true, {"b": null}]}`))
	var seen []string
	for {
		token, err := tokens.Token()
		if err != nil {
			break
		}
		seen = append(seen, fmt.Sprintf("%T:%v", token, token))
	}
	log.compare("words of the catalogue differ", seen)
	return nil
}

func importPrices(log journal) error {
	reader := csv.NewReader(strings.NewReader("id;name;sum\r\n1;\"Mug; \"\"blue\"\"\";3.20\n# remark\n\n2; Pen;0.99\n3;\"two\nlines\";7\n"))
	reader.Comma = ';'
	reader.Comment = '#'
	reader.TrimLeadingSpace = true
	rows, err := reader.ReadAll()
	if err != nil {
		return err
	}
	log.compare("prices were read otherwise", rows)
	line, column := reader.FieldPos(1)
	log.compare("place of a price differs", []any{line, column, reader.InputOffset()})
	for _, broken := range []string{"a,b\n1\n", "a,\"b\n", "a\"b,c\n", "\"a\"b,c\n"} {
		_, err := csv.NewReader(strings.NewReader(broken)).ReadAll()
		log.compare("a broken price list is told otherwise", err)
	}
	lazy := csv.NewReader(strings.NewReader("a \"b\" c,\"d\"e\",f\n1,2\n"))
	lazy.LazyQuotes = true
	lazy.FieldsPerRecord = -1
	rows, err = lazy.ReadAll()
	log.compare("loose prices were read otherwise", []any{rows, err})
	var out bytes.Buffer
	writer := csv.NewWriter(&out)
	writer.UseCRLF = true
	if err := writer.WriteAll([][]string{{"a,b", "", " x", "say \"hi\"", "two\nlines"}, {`\.`, "é", "plain"}}); err != nil {
		return err
	}
	log.compare("prices were written otherwise", out.String())
	return nil
}

type line struct {
	N     int    `xml:"n,attr"`
	Text  string `xml:",chardata"`
	Kind  string `xml:"kind,attr,omitempty"`
	Extra string `xml:"more>extra,omitempty"`
}

type order struct {
	XMLName xml.Name `xml:"http://o.example order"`
	No      string   `xml:"no,attr"`
	Lines   []line   `xml:"lines>line"`
	Note    *string  `xml:"note"`
	Remark  string   `xml:",comment"`
	Rest    string   `xml:",innerxml"`
}

func readOrder(log journal) error {
	var one order
	text := `<?xml version="1.0"?><order xmlns="http://o.example" no="7"><!-- late --><lines><line n="1" kind="x">tea &amp; <![CDATA[<cake>]]></line><line n='2'><more><extra>lid</extra></more></line></lines><note>&#233;&lt;</note></order>`
	if err := xml.Unmarshal([]byte(text), &one); err != nil {
		return err
	}
	log.compare("order was read otherwise", []any{one.XMLName, one.No, one.Lines, *one.Note, one.Remark, len(one.Rest)})
	for _, broken := range []string{`<order/>`, `<a><b></a>`, `<order xmlns="http://o.example"><lines><line n="x"/></lines></order>`, `<a`, `<a b=c/>`, `<a>&nope;</a>`} {
		var other order
		log.compare("a broken order is told otherwise", xml.Unmarshal([]byte(broken), &other))
	}
	decoder := xml.NewDecoder(strings.NewReader(`<p:a xmlns:p="u" p:k="v">x<!--c--><?pi y?><b/></p:a>`))
	var seen []string
	for {
		token, err := decoder.Token()
		if err != nil {
			break
		}
		seen = append(seen, fmt.Sprintf("%T %v", token, token))
	}
	log.compare("parts of the order differ", seen)
	return nil
}

func writeOrder(log journal) error {
	note := "5 < 6 & \"q\""
	text, err := xml.MarshalIndent(order{No: "8", Lines: []line{{N: 1, Text: "tea\tcup"}, {N: 2, Kind: "k", Extra: "e"}}, Note: &note, Remark: " ok "}, "", "  ")
	if err != nil {
		return err
	}
	log.compare("written order differs", string(text))
	var out bytes.Buffer
	if err := xml.EscapeText(&out, []byte("a<b>\n\x01é")); err != nil {
		return err
	}
	log.compare("escaped text of the order differs", out.String())
	return nil
}
