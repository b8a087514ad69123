// The rules of forms as motcua.eforms.rules has them; a test compares the two. Comfort only: the server decides, and
// has looked at each rule before it comes here.
const list = Array.isArray;
const number = (v) => typeof v === "number";
const text = (v) => typeof v === "string";
const own = (o, k) => (o && typeof o === "object" && !list(o) && Object.hasOwn(o, k) ? o[k] : null);
const plain = (v) => text(v) ? v.normalize() : number(v) && Math.abs(v) > Number.MAX_SAFE_INTEGER ? null : v;
const day = (v) => text(v) && /^\d{4}-\d\d-\d\d$/.test(v);
const same = (a, b) => (a = plain(a)) === plain(b) && !(a && typeof a === "object");
const ordered = (f) => (a, b) => ((number(a) && number(b)) || (day(a) && day(b))) && f(a, b);
const reckoned = (f) => (...t) => t.every(number) ? t.reduce((a, b) => a === null ? a : plain(f(a, b))) : null;

export const truth = (v) => !(v === null || v === false || v === 0 || v === "" || (list(v) && !v.length));

const eager = {
  "==": same,
  "!=": (a, b) => !same(a, b),
  "<": ordered((a, b) => a < b),
  "<=": ordered((a, b) => a <= b),
  ">": ordered((a, b) => a > b),
  ">=": ordered((a, b) => a >= b),
  "!": (a) => !truth(a),
  and: (...t) => t.every(truth),
  or: (...t) => t.some(truth),
  in: (a, b) => list(b) && b.some((e) => same(a, e)),
  if: (a, b, ...more) => truth(a) ? b : more.length > 1 ? eager.if(...more) : more[0] ?? null,
  "+": reckoned((a, b) => a + b),
  "-": (a, ...b) => reckoned((c, d) => c - d)(...(b.length ? [a, ...b] : [0, a])),
  "*": reckoned((a, b) => a * b),
};

/** What `rule` gives for the answers `data`; `item`: the person or row the rule stands in. */
export function evaluate(rule, data, item = null) {
  const given = (each) => evaluate(each, data, item);
  if (!rule || typeof rule !== "object") return plain(rule);
  if (list(rule)) return rule.map(given);
  const [[operator, told]] = Object.entries(rule);
  const on = list(told) ? told : [told];
  return operator === "var" ? plain(on[0].split(".").reduce(own, { ...data, item })) : eager[operator](...on.map(given));
}
