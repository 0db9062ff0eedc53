/** `text` with what stands between <!-- name --> and <!-- /name --> replaced. */
export function replaceBetween(text, name, content) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`there is no ${open} … ${close}`);
  return text.slice(0, start + open.length) + content + text.slice(end);
}
