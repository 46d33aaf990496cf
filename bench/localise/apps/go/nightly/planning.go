package nightly

import (
	"fmt"

	"nightly.example/app/pkg/container/heap"
	"nightly.example/app/pkg/container/list"
	"nightly.example/app/pkg/container/ring"
	"nightly.example/app/pkg/regexp"
)

var planning = []task{
	{"order of jobs could not be planned", planJobs},
	{"shifts could not be passed round", passShifts},
	{"requests could not be sorted by their text", sortRequests},
}

type urgent []int

func (u urgent) Len() int           { return len(u) }
func (u urgent) Less(i, j int) bool { return u[i] < u[j] }
func (u urgent) Swap(i, j int)      { u[i], u[j] = u[j], u[i] }
func (u *urgent) Push(x any)        { *u = append(*u, x.(int)) }
func (u *urgent) Pop() any {
	old := *u
	last := old[len(old)-1]
	*u = old[:len(old)-1]
	return last
}

func planJobs(log journal) error {
	jobs := &urgent{7, 3, 9, 1, 12, 4, 8}
	heap.Init(jobs)
	heap.Push(jobs, 2)
	(*jobs)[3] = 20
	heap.Fix(jobs, 3)
	removed := heap.Remove(jobs, 2)
	var order []any
	for jobs.Len() > 0 {
		order = append(order, heap.Pop(jobs))
	}
	log.compare("order of jobs changed", []any{removed, order})
	waiting := list.New()
	b := waiting.PushBack("b")
	waiting.PushFront("a")
	c := waiting.InsertAfter("c", b)
	waiting.InsertBefore("x", c)
	waiting.MoveToFront(c)
	waiting.MoveAfter(b, c)
	other := list.New()
	other.PushBackList(waiting)
	other.PushFrontList(waiting)
	waiting.Remove(b)
	var seen []any
	for one := other.Front(); one != nil; one = one.Next() {
		seen = append(seen, one.Value)
	}
	log.compare("waiting jobs changed", []any{seen, waiting.Len(), waiting.Back().Prev().Value})
	return nil
}

func passShifts(log journal) error {
	shifts := ring.New(5)
	for i := 0; i < shifts.Len(); i++ {
		shifts.Value = i
		shifts = shifts.Next()
	}
	gone := shifts.Unlink(2)
	extra := ring.New(1)
	extra.Value = "extra"
	shifts.Link(extra)
	var seen []any
	shifts.Do(func(value any) { seen = append(seen, value) })
	log.compare("round of shifts changed", []any{seen, gone.Len(), shifts.Move(-1).Value, shifts.Prev().Value})
	return nil
}

func sortRequests(log journal) error {
	form := regexp.MustCompile(`(?i)^(?P<verb>get|post)\s+(/[\w./-]*?)(?:\?([^#]*))?(#.+)?$`)
	log.compare("requests are read otherwise", form.FindAllStringSubmatch("GET /a/b.c?x=1&y=2", -1))
	log.compare("names of the parts of a request changed", []any{form.SubexpNames(), form.SubexpIndex("verb"), form.NumSubexp(), form.String()})
	dates := regexp.MustCompile(`(\d{4})-(\d\d?)-(\d+)`)
	text := "from 2026-03-02 to 2026-3-15, not 20-1-1"
	log.compare("dates in a request are read otherwise", []any{dates.FindAllStringIndex(text, -1), dates.ReplaceAllString(text, "$3.${2}.$1"), dates.ReplaceAllLiteralString(text, "$1"), dates.FindStringSubmatchIndex(text)})
	log.compare("words of a request are cut otherwise", []any{regexp.MustCompile(`[,;]\s*`).Split("a, b;c,,d", -1), regexp.MustCompile(`a*`).ReplaceAllStringFunc("baac", func(one string) string { return fmt.Sprintf("<%s>", one) }), regexp.QuoteMeta("a.b[c]*")})
	for _, pattern := range []string{`(a|ab)(c|bcd)(d*)`, `\bfoo\b|[[:alpha:]]{2,3}?x`, `(?s).+$`, `[^a-cx-z\d]+`, `(?m)^\w+$`, `\p{Greek}+|\x41`, `(?U)a+b`, `(x+x+)+y`} {
		one, err := regexp.Compile(pattern)
		if err != nil {
			return err
		}
		prefix, whole := one.LiteralPrefix()
		log.compare("a pattern of requests finds something else", []any{one.FindAllString("abcd foo αβ A aab abx\nxxxy 12-34", -1), prefix, whole})
	}
	for _, broken := range []string{`a(b`, `[z-a]`, `*a`, `a{2,1}`, `\8`, `(?P<n>a)(?P<n>b)`, `a**`, `[[:nope:]]`, `x{1001}`, `(?i`} {
		_, err := regexp.Compile(broken)
		log.compare("a broken pattern is told otherwise", err)
	}
	longest := regexp.MustCompile(`a(|b)`)
	longest.Longest()
	log.compare("longest part of a request changed", longest.FindString("ab"))
	return nil
}
