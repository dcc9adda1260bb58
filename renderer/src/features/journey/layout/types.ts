/**
 * The pure input and output of the journey graph's layout. Times are milliseconds since the epoch (fractions allowed),
 * lengths are CSS pixels at zoom 1, y grows downward.
 */

/** A card to place. */
export interface LayoutStep {
  readonly id: string;
  readonly system: string;
  /** Undefined where the source told no time. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  /** A step that was expected and is absent. */
  readonly ghost: boolean;
  readonly branch: number;
  readonly width: number;
}

/** A line to route. `labelWidth` 0 means that it has no label. */
export interface LayoutHop {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly labelWidth: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Card extends Box {
  readonly id: string;
  readonly lane: number;
  readonly column: number;
  readonly slot: number;
}

export interface Lane {
  readonly system: string;
  readonly y: number;
  readonly height: number;
}

/** The way of one hop: an orthogonal polyline from the right edge of one card to the left edge of another. */
export interface Route {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
  /** Where its label stands; undefined when there was no free place. */
  readonly label: Box | undefined;
}

/** Time in which nothing happened, drawn shorter than it was. */
export interface IdleBreak {
  readonly from: number;
  readonly to: number;
}

export interface PlacedBreak extends IdleBreak {
  readonly x: number;
  readonly width: number;
}

export interface Tick {
  readonly x: number;
  readonly time: number;
}

export interface Swimlane {
  readonly cards: readonly Card[];
  readonly lanes: readonly Lane[];
  readonly routes: readonly Route[];
  readonly ticks: readonly Tick[];
  readonly breaks: readonly PlacedBreak[];
  /** Where the end of the data stands; undefined when it is not known. */
  readonly dataEnd: Tick | undefined;
  readonly width: number;
  readonly height: number;
}

/** Lengths of the drawing, in CSS pixels. */
export interface Metrics {
  readonly cardHeight: number;
  /** Free height between the cards of two lanes; holds the labels of hops. */
  readonly laneMargin: number;
  /** Free height between two slots of one lane. */
  readonly slotMargin: number;
  /** Distance of two parallel lines. */
  readonly track: number;
  /** Space between a card's right edge and the first vertical line. */
  readonly exit: number;
  /** Space between the last vertical line and a card's left edge: room for the arrow head. */
  readonly entry: number;
  readonly breakWidth: number;
  readonly labelHeight: number;
  /** Cards of one lane in one column before a new column is opened. */
  readonly maxSlots: number;
}

export const METRICS: Metrics = {
  cardHeight: 48,
  laneMargin: 36,
  slotMargin: 12,
  track: 7,
  exit: 8,
  entry: 14,
  breakWidth: 44,
  labelHeight: 16,
  maxSlots: 6,
};
