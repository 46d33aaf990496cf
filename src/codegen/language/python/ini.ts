/** Sections of an INI file as Python's configparser reads it: values go on in lines that are indented. */
export function iniSections(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let key = '';
  for (const line of text.split('\n').filter((one) => !/^\s*[#;]/.test(one))) {
    const head = /^\[([^\]]+)\]/.exec(line)?.[1];
    const pair = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line);
    if (head !== undefined) {
      section = new Map();
      sections.set(head, section);
    } else if (pair !== null) {
      key = pair[1] ?? '';
      section.set(key, (pair[2] ?? '').trim());
    } else if (/^\s+\S/.test(line) && key !== '') {
      section.set(key, `${section.get(key) ?? ''}\n${line.trim()}`.trim());
    }
  }
  return sections;
}
