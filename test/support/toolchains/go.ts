import type { Act, Sample } from '../../contract/toolchain.ts';

const ACTS: Readonly<Record<Act, (port: number) => readonly [imports: string, body: string]>> = {
  hang: () => ['"os/exec"', 'exec.Command("sleep", "300").Start()\n\tfor {\n\t}'],
  shout: () => [
    '"fmt"; "strings"',
    'for i := 0; i < 1000; i++ {\n\t\tfmt.Println(strings.Repeat("x", 20000))\n\t}',
  ],
  call: (port) => [
    '"net"',
    `if _, err := net.Dial("tcp", "127.0.0.1:${port}"); err != nil {\n\t\tt.Fatal(err)\n\t}`,
  ],
};

export const goSample: Sample = {
  name: 'go test',
  framework: null,
  files: {
    'go.mod': 'module example.com/shop\n\ngo 1.19\n',
    'shop/total.go': `package shop

// Order is what someone buys.
type Order struct{ Lines []int }

func Total(order *Order) int {
	sum := 0
	for _, line := range order.Lines {
		sum += line
	}
	return sum
}

/* Half of it,
   for friends. */
func Discounted(order *Order) int {
	return Total(order) / 2
}
`,
    'shop/total_test.go': `package shop

import "testing"

func TestAdds(t *testing.T) {
	if got := Total(&Order{Lines: []int{1, 1}}); got != 2 {
		t.Errorf("got %d, want 2", got)
	}
}

func TestExpectsTooLittle(t *testing.T) {
	if got := Total(&Order{Lines: []int{1, 1}}); got != 1 {
		t.Errorf("got %d, want 1", got)
	}
}

func TestWaits(t *testing.T) { t.Skip("later") }

func TestNeedsAnOrder(t *testing.T) {
	defer func() {
		if said := recover(); said != nil {
			t.Fatal(said)
		}
	}()
	Total(nil)
}
`,
  },
  source: 'shop/total.go',
  suite: 'shop/total_test.go',
  alone: 'TestAdds',
  bug: /nil pointer dereference/,
  lines: { covered: [6, 7, 8, 9, 11], uncovered: [16, 17] },
  broken: [
    'broken/broken_test.go',
    'package broken\n\nimport "testing"\n\nfunc TestLoads(t *testing.T) { nowhere() }\n',
  ],
  act(act, port) {
    const [imports, body] = ACTS[act](port);
    const text = `package act\n\nimport ("testing"; ${imports})\n\nfunc TestActs(t *testing.T) {\n\t${body}\n}\n`;
    return ['act/act_test.go', text];
  },
  timeoutMs: 60_000,
  soonMs: 20_000,
  rerun: './shop',
  packages: null,
};
