// What people wrote, as they wrote it: text nodes only, so that nothing of it is ever markup. A click on who wrote it
// tells the place of the quote.
const made = (kind, name, ...inside) => {
  const node = document.createElement(kind);
  node.className = name;
  node.append(...inside.map((one) => (typeof one === "string" ? document.createTextNode(one) : one)));
  return node;
};

const who = (quote, tell) => {
  if (!quote.opens) return made("span", "who", quote.who);
  const button = made("button", "who", quote.who);
  button.type = "button";
  button.onclick = tell;
  return button;
};

const comment = (pieces) => {
  const words = made("p", "comment", ...pieces.map(([text, marked]) => (marked ? made("mark", "", text) : text)));
  words.dir = "auto";
  return words;
};

const head = (quote, tell) => {
  const facts = quote.facts.map((fact) => made("span", "fact", fact));
  return made("div", "head", made("span", "score", quote.score), ...(quote.who ? [who(quote, tell)] : []), ...facts);
};

const item = (quote, tell) => {
  const tags = quote.tags.map((tag) => made("span", "tag", tag));
  const parts = [...(quote.score ? [head(quote, tell)] : []), comment(quote.pieces)];
  const row = made("li", "quote", ...parts, ...(tags.length ? [made("div", "tags", ...tags)] : []));
  row.dataset.group = quote.group;
  return row;
};

export default function ({ parentElement, setTriggerValue, data }) {
  const rows = data.quotes.map((quote, place) => item(quote, () => setTriggerValue("opened", place)));
  parentElement.querySelector("ol").replaceChildren(...rows);
}
