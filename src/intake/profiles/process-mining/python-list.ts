/**
 * The texts of a list as Python writes it: `['o1', "it's", 'a\'b']`. Numbers are taken as their digits, a lone text without brackets as a list
 * of one. Undefined when the list is damaged. Source: Python language reference, 2.4.1 (string literals); only `\\`, `\'`, `\"`, `\n`, `\t`,
 * `\r`, `\xhh` and `\uhhhh` occur in what `repr` gives.
 */
export function pythonList(cell: string): readonly string[] | undefined {
  const text = cell.trim();
  if (text === '') return [];
  const close = text.startsWith('[') ? ']' : text.startsWith('(') ? ')' : text.startsWith('{') ? '}' : '';
  if (close === '') return [text];
  const items: string[] = [];
  let i = 1;
  for (;;) {
    while (text[i] === ' ' || text[i] === ',') i++;
    const first = text[i];
    if (first === undefined) return undefined;
    if (first === close) return i === text.length - 1 ? items : undefined;
    if (first === "'" || first === '"') {
      const end = endOfText(text, i);
      if (end < 0) return undefined;
      items.push(unescape(text.slice(i + 1, end)));
      i = end + 1;
    } else {
      let end = i;
      while (end < text.length && text[end] !== ',' && text[end] !== close) end++;
      items.push(text.slice(i, end).trim());
      i = end;
    }
  }
}

function endOfText(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === text[open]) return i;
  }
  return -1;
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/g, (_whole, short?: string, long?: string, other?: string) => {
    if (other !== undefined) return CONTROLS[other] ?? other;
    return String.fromCharCode(Number.parseInt(short ?? long ?? '', 16));
  });
}
