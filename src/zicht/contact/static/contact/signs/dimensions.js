/**
 * The dimension rule: which dimensions some signals fill, and what that suggests; a person decides, never this. The same as
 * zicht.signals.dimensions, which names the sources; both must give tests/signals/vectors/dimensions.json.
 */

/** @typedef {{ dimension: string, strength: string, element: string }} Indicator */
/** @typedef {{ code: string, element: string, signals: string[], isPositive: boolean }} Dimension */
/** @typedef {"nothing" | "part" | "means_and_purpose" | "purpose_of_minor"} Kind */
/** @typedef {{ kind: Kind, dimensions: Dimension[], restsOn: string[] }} Suggestion */

const CONTEXT = "context";
// The fewest signals that make a dimension positive: [strong, medium, weak].
const COMBINATIONS = /** @type {const} */ ([[2, 0, 0], [1, 1, 0], [1, 0, 1], [0, 3, 0], [0, 2, 1]]);
const PURPOSE = "purpose";
const MEANS = ["means", "act_means"];
const COUNTING = ["noted", "confirmed"];

/**
 * Give the indicators that count: what is absent or rejected counts nowhere.
 * @param {{ indicator: string, state: string }[]} signals
 */
export function counting(signals) {
  return signals.filter(({ state }) => COUNTING.includes(state)).map(({ indicator }) => indicator);
}

/** @param {string[]} strengths */
export function isPositive(strengths) {
  const count = (/** @type {string} */ wanted) => strengths.filter((one) => one === wanted).length;
  const [strong, medium, weak] = [count("strong"), count("medium"), count("weak")];
  return COMBINATIONS.some(([s, m, w]) => strong >= s && medium >= m && weak >= w);
}

/**
 * Give each dimension in which a signal was noted, in the order of the catalogue. The same code twice is one signal.
 * @param {Iterable<string>} noted
 * @param {Map<string, Indicator>} catalogue
 * @returns {Dimension[]}
 */
export function weigh(noted, catalogue) {
  const wanted = new Set(noted);
  /** @type {Map<string, [string, Indicator][]>} */
  const found = new Map();
  for (const [code, one] of catalogue) {
    if (wanted.delete(code)) {
      found.set(one.dimension, [...(found.get(one.dimension) ?? []), [code, one]]);
    }
  }
  if (wanted.size > 0) {
    throw new RangeError(); // a code that the catalogue does not have
  }
  return [...found].map(([code, several]) => ({
    code,
    element: several[0]?.[1].element ?? "",
    signals: several.map(([each]) => each),
    isPositive: code !== CONTEXT && isPositive(several.map(([, one]) => one.strength)),
  }));
}

/**
 * Give what signals suggest about a situation; `isMinor` is null when nobody knows.
 * @param {Iterable<string>} noted
 * @param {Map<string, Indicator>} catalogue
 * @param {boolean | null} isMinor
 * @returns {Suggestion}
 */
export function suggest(noted, catalogue, isMinor) {
  const dimensions = weigh(noted, catalogue);
  const positive = dimensions.filter((one) => one.isPositive);
  const restsOn = positive.flatMap((one) => one.signals);
  const hasPurpose = positive.some(({ element }) => element === PURPOSE);
  if (hasPurpose && positive.some(({ element }) => MEANS.includes(element))) {
    return { kind: "means_and_purpose", dimensions, restsOn };
  }
  if (hasPurpose && isMinor) {
    return { kind: "purpose_of_minor", dimensions, restsOn };
  }
  return { kind: positive.length > 0 ? "part" : "nothing", dimensions, restsOn };
}
