/** The syntax a trading partner exchanges documents in. */
export type Syntax = 'x12' | 'edifact';

/** A retailer that orders by EDI. */
export interface Partner {
  /** How it names itself in envelopes: ISA06 or the GLN of UNB02. */
  readonly id: string;
  /** Qualifier of that name: ISA05, or the code of UNB02. */
  readonly qualifier: string;
  readonly name: string;
  readonly syntax: Syntax;
  /** The ERP's number of the customer, not padded. */
  readonly customer: number;
  /** Orders of every hundred that are its. */
  readonly share: number;
  /** Hours of the day (UTC) at which it sends what was ordered since the last time. */
  readonly sends: readonly number[];
  /** Whether its translator writes seconds into its envelopes. */
  readonly seconds: boolean;
  /** Separators: element, component, terminator. */
  readonly separators: readonly [element: string, component: string, terminator: string];
  /** First number of its interchanges: every partner counts for itself, so numbers repeat across partners. */
  readonly firstControl: number;
  /** The nth order's number, n from 0, when the run has so many cases in all. A purchase order number is unique for its buyer only: some counters meet. */
  readonly orderNumber: (n: number, cases: number) => string;
  /** Whether this partner gives that number to one of its orders. */
  readonly hasGiven: (number: string, cases: number) => boolean;
}

/** How the wholesaler names itself towards each group of retailers. */
export const OWN_NAMES: { readonly [S in Syntax]: { readonly id: string; readonly qualifier: string } } = {
  x12: { id: 'LINDGREN', qualifier: 'ZZ' },
  edifact: { id: '7300010000014', qualifier: '14' },
};

const HOURLY = Array.from({ length: 18 }, (_, i) => i + 4);

const padded = (n: number, width: number): string => String(n).padStart(width, '0');

/** Orders of a partner with this share among so many cases. */
const ordersOf = (share: number, cases: number): number => Math.ceil((share * cases) / 100);

type Numbering = Pick<Partner, 'orderNumber' | 'hasGiven'>;

/** Numbers of a form that nobody else has. */
const own = (orderNumber: (n: number) => string): Numbering => ({ orderNumber, hasGiven: () => false });

/** A bare counter that begins where another's last tenth does, if it comes `after` one with that share: the same numbers again, for another buyer. */
function counter(first: number, share: number, after = 0): Numbering {
  const start = (cases: number): number => first + Math.floor(0.9 * ordersOf(after, cases));
  return {
    orderNumber: (n, cases) => String(start(cases) + n),
    hasGiven: (number, cases) => Number(number) >= start(cases) && Number(number) < start(cases) + ordersOf(share, cases),
  };
}

export const PARTNERS: readonly Partner[] = [
  {
    id: 'WALDENSTORES',
    qualifier: 'ZZ',
    name: 'Walden Stores',
    syntax: 'x12',
    customer: 102_010,
    share: 24,
    sends: HOURLY,
    seconds: true,
    separators: ['*', '>', '~'],
    firstControl: 4_101,
    ...own((n) => String(4_500_031_204 + n)),
  },
  {
    id: 'BRIGHTMART',
    qualifier: 'ZZ',
    name: 'Brightmart',
    syntax: 'x12',
    customer: 102_025,
    share: 18,
    sends: HOURLY.filter((hour) => hour % 2 === 0),
    seconds: false,
    separators: ['*', ':', '~'],
    firstControl: 901,
    ...counter(104_210, 18),
  },
  {
    id: '6148902100',
    qualifier: '12',
    name: 'Homeport',
    syntax: 'x12',
    customer: 102_031,
    share: 12,
    sends: [5, 11, 17],
    seconds: true,
    separators: ['|', '^', '~'],
    firstControl: 877,
    ...counter(104_210, 12, 18),
  },
  {
    id: 'COPPERHILL',
    qualifier: 'ZZ',
    name: 'Copper Hill Supply',
    syntax: 'x12',
    customer: 102_044,
    share: 10,
    sends: [22],
    seconds: true,
    separators: ['*', '>', '~'],
    firstControl: 120,
    ...own((n) => `CH-26-${padded(1_874 + n, 6)}`),
  },
  {
    id: '4012345000009',
    qualifier: '14',
    name: 'Kaufring Nord',
    syntax: 'edifact',
    customer: 103_002,
    share: 16,
    sends: HOURLY,
    seconds: false,
    separators: ['+', ':', "'"],
    firstControl: 4_101,
    ...counter(310_870, 16),
  },
  {
    id: '8712345000024',
    qualifier: '14',
    name: 'Noorderhuis',
    syntax: 'edifact',
    customer: 103_017,
    share: 12,
    sends: [2, 10, 18],
    seconds: false,
    separators: ['+', ':', "'"],
    firstControl: 902,
    ...counter(310_870, 12, 16),
  },
  {
    id: '5412345000013',
    qualifier: '14',
    name: 'Delmonde',
    syntax: 'edifact',
    customer: 103_029,
    share: 8,
    sends: [1],
    seconds: false,
    separators: ['+', ':', "'"],
    firstControl: 55,
    ...own((n) => `DM${padded(70_411 + n, 7)}`),
  },
];

/** Whose order the nth of every hundred is, dealt so that nobody's stand together, and the how manieth of its partner. */
const DEAL: readonly (readonly [partner: number, before: number])[] = dealt();

function dealt(): readonly (readonly [number, number])[] {
  const given = PARTNERS.map(() => 0);
  return Array.from({ length: 100 }, (_, i) => {
    // Whoever is furthest behind its share comes next.
    let next = 0;
    PARTNERS.forEach((partner, k) => {
      const behind = (partner.share * (i + 1)) / 100 - given[k]!;
      if (behind > (PARTNERS[next]!.share * (i + 1)) / 100 - given[next]!) next = k;
    });
    return [next, given[next]!++] as const;
  });
}

/** Who orders as the index-th of the run, and the how manieth of its orders that is (from 0). */
export function partnerOf(index: number): { readonly partner: Partner; readonly n: number } {
  const [k, before] = DEAL[index % 100]!;
  const partner = PARTNERS[k]!;
  return { partner, n: Math.floor(index / 100) * partner.share + before };
}
