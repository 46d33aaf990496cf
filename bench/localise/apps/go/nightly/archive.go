package nightly

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"nightly.example/app/pkg/compress/flate"
	"nightly.example/app/pkg/compress/lzw"
	"nightly.example/app/pkg/encoding/ascii85"
	"nightly.example/app/pkg/encoding/base64"
	"nightly.example/app/pkg/encoding/hex"
	"nightly.example/app/pkg/encoding/pem"
	"nightly.example/app/pkg/mime/quotedprintable"
)

var archive = []task{
	{"archive could not be packed", packArchive},
	{"archive could not be searched", dumpArchive},
	{"keys of the archive are not readable", readKeys},
}

var page = strings.Repeat("the quick brown fox jumps over the lazy dog; ", 40) + "end of the page, é and ü\n"

func packArchive(log journal) error {
	for _, level := range []int{0, 1, 6, 9, flate.HuffmanOnly} {
		var packed bytes.Buffer
		writer, err := flate.NewWriter(&packed, level)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(writer, page); err != nil {
			return err
		}
		if err := writer.Close(); err != nil {
			return err
		}
		log.compare("size of the packed archive changed", packed.Len())
		text, err := io.ReadAll(flate.NewReader(&packed))
		if err != nil {
			return fmt.Errorf("packed page: %w", err)
		}
		log.compare("page of the archive came back otherwise", string(text) == page)
	}
	var small bytes.Buffer
	writer := lzw.NewWriter(&small, lzw.LSB, 8)
	if _, err := io.WriteString(writer, page); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	log.compare("size of the picture archive changed", small.Len())
	text, err := io.ReadAll(lzw.NewReader(&small, lzw.LSB, 8))
	log.compare("picture of the archive came back otherwise", string(text) == page)
	if err != nil {
		return err
	}
	_, err = io.ReadAll(flate.NewReader(strings.NewReader("broken archive")))
	log.compare("a broken archive is told otherwise", err)
	return nil
}

func dumpArchive(log journal) error {
	log.compare("dump of the archive differs", hex.Dump([]byte(page[:50])))
	raw, err := hex.DecodeString("00ff7F")
	log.compare("bytes of the archive differ", raw)
	if err != nil {
		return err
	}
	_, err = hex.DecodeString("0g")
	log.compare("refused bytes of the archive are told otherwise", err)
	log.compare("mail form of the archive differs", base64.StdEncoding.EncodeToString([]byte(page[:40])))
	log.compare("short form of the archive differs", base64.RawURLEncoding.EncodeToString([]byte{250, 255, 1, 2}))
	text, err := base64.StdEncoding.DecodeString("dGhl\nIHF1aWNr")
	if err != nil {
		return err
	}
	log.compare("mail form of the archive was read otherwise", string(text))
	_, err = base64.StdEncoding.DecodeString("dGhl*A==")
	log.compare("refused mail form is told otherwise", err)
	var wide bytes.Buffer
	encoder := ascii85.NewEncoder(&wide)
	if _, err := encoder.Write([]byte("\x00\x00\x00\x00" + page[:21])); err != nil {
		return err
	}
	if err := encoder.Close(); err != nil {
		return err
	}
	log.compare("print form of the archive differs", wide.String())
	back, err := io.ReadAll(ascii85.NewDecoder(&wide))
	log.compare("print form of the archive was read otherwise", string(back))
	if err != nil {
		return err
	}
	var quoted bytes.Buffer
	writer := quotedprintable.NewWriter(&quoted)
	if _, err := io.WriteString(writer, "é = 100% "+page[:90]+" \nnext"); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	log.compare("quoted form of the archive differs", quoted.String())
	plain, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader("caf=C3=A9 =\r\nmore=3D\r\n")))
	log.compare("quoted form of the archive was read otherwise", string(plain))
	return err
}

func readKeys(log journal) error {
	block := &pem.Block{Type: "ARCHIVE KEY", Headers: map[string]string{"Owner": "ann", "Proc-Type": "4,X"}, Bytes: []byte(page[:70])}
	text := pem.EncodeToMemory(block)
	log.compare("written key of the archive differs", string(text))
	found, rest := pem.Decode(append([]byte("before\n"), append(text, "after"...)...))
	if found == nil {
		return fmt.Errorf("no key in %d bytes", len(text))
	}
	log.compare("key of the archive was read otherwise", []any{found.Type, found.Headers, string(found.Bytes), string(rest)})
	return nil
}
