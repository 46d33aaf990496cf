// Package nightly is the work of a night.
package nightly

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
)

// What the night tells: one line of JSON a result or failure. Whoever runs it makes log lines of them.
type event struct {
	Kind  string `json:"kind"`
	Words string `json:"words"`
	Value string `json:"value"`
	Error string `json:"error"`
	Trace string `json:"trace"`
}

type journal struct{}

// A step of the night, with the words for its failure.
type task struct {
	words string
	step  func(log journal) error
}

// compare tells a result that should be as it was the night before.
func (journal) compare(words string, value any) {
	write(event{Kind: "compared", Words: words, Value: fmt.Sprintf("%+v", value)})
}

func write(e event) {
	_ = json.NewEncoder(os.Stdout).Encode(e)
}

// Run does all tasks in order, up to the first that fails.
func Run() {
	for _, tasks := range [][]task{archive, catalogue, documents, planning, settings} {
		for _, one := range tasks {
			if !run(one) {
				return
			}
		}
	}
}

func run(one task) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			trace := fmt.Sprintf("panic: %v\n\n%s", r, debug.Stack())
			write(event{Kind: "failed", Words: one.words, Error: fmt.Sprint(r), Trace: trace})
		}
	}()
	if err := one.step(journal{}); err != nil {
		write(event{Kind: "failed", Words: one.words, Error: err.Error()})
		return false
	}
	return true
}
