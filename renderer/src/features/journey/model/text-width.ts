/** Average widths of the interface font at 12.5 px, by kind of letter; the detail is set smaller. A card is never measured in the page. */
const WIDE = 10.6;
const CAPITAL = 8.4;
const NARROW = 3.7;
const SLIM = 5.2;
/** Figures are set tabular. */
const FIGURE = 8.2;
const OTHER = 7.2;

/** Width of a text in px at 12.5 px, on the safe side. */
export function textWidth(text: string): number {
  let width = 0;
  for (const letter of text) {
    if ('mwMW@%'.includes(letter)) width += WIDE;
    else if (letter >= '0' && letter <= '9') width += FIGURE;
    else if (letter >= 'A' && letter <= 'Z') width += CAPITAL;
    else if ("ijlI.,:;'|! ".includes(letter)) width += NARROW;
    else if ('rtf-()·'.includes(letter)) width += SLIM;
    else width += OTHER;
  }
  return width;
}
