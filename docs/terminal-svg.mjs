// Draws terminal text as an SVG: `FORCE_COLOR=1 npm run --silent demo 2>/dev/null | node docs/terminal-svg.mjs > docs/demo.svg`
import { text } from 'node:stream/consumers';

const COLOURS = {
  31: '#f47067',
  32: '#57ab5a',
  33: '#c69026',
  34: '#539bf5',
  35: '#b083f0',
  36: '#39c5cf',
  90: '#768390',
};
const CELL = { width: 7.8, height: 17 };
const WIDTH = 128;

const escape = (raw) => raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** One line as `tspan`s: SGR colours, bold and dim; the rest of a line that is too wide is cut. */
function spans(line) {
  let style = {};
  let left = WIDTH;
  let out = '';
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    const codes = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
    if (codes !== undefined) {
      for (const code of codes.split(';').map(Number)) {
        if (code === 0 || code === 39) style = code === 0 ? {} : { ...style, fill: undefined };
        else if (code === 1) style = { ...style, bold: true };
        else if (code === 2) style = { ...style, fill: '#768390' };
        else if (code === 22) style = { ...style, bold: false, fill: undefined };
        else if (COLOURS[code] !== undefined) style = { ...style, fill: COLOURS[code] };
      }
      continue;
    }
    const shown = part.slice(0, left);
    left -= shown.length;
    if (shown === '') continue;
    const fill = style.fill === undefined ? '' : ` fill="${style.fill}"`;
    out += `<tspan${fill}${style.bold ? ' font-weight="bold"' : ''}>${escape(shown)}</tspan>`;
  }
  return out;
}

const lines = (await text(process.stdin)).trimEnd().split('\n');
const width = Math.ceil(WIDTH * CELL.width + 32);
const height = lines.length * CELL.height + 64;
const rows = ['$ npm run demo', ...lines].map(
  (line, i) => `<text x="16" y="${44 + i * CELL.height}" xml:space="preserve">${spans(line)}</text>`,
);
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace,Menlo,Consolas,monospace" font-size="13">
<rect width="${width}" height="${height}" rx="8" fill="#1c2128"/>
<circle cx="18" cy="16" r="5" fill="#f47067"/><circle cx="36" cy="16" r="5" fill="#c69026"/><circle cx="54" cy="16" r="5" fill="#57ab5a"/>
<g fill="#d1d7e0">
${rows.join('\n')}
</g>
</svg>`);
