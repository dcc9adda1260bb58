import { stringify } from 'yaml';
import { formatDuration } from '../../model/time.ts';
import { wilsonLower } from '../statistics.ts';
import type { DurationModel, FieldExpectation, FollowExpectation, StepExpectation, TypeExpectations } from '../types.ts';
import { TaughtValues, type TaughtValue } from './learn-taught.ts';
import { passportName } from './step-names.ts';

/** With fewer journeys nothing is known that could be promised. */
const ENOUGH = 30;
/** At 97.5 % confidence a step that follows in at least this share is required … */
const REQUIRED_SHARE = 0.95;
/** … and one that follows in fewer than this is left out. */
const RARE_SHARE = 0.02;
/** Fields that agree in at least this share, at 97.5 % confidence, are reconciled. */
const AGREE_SHARE = 0.9;
/** A share of journeys that end with a step, from which on that is a normal end. */
const END_SHARE = 0.02;
/** 1 in 10,000 of a log-normal takes longer than its median and this many spreads. */
const RARELY_Z = 3.72;

/** What is slower than usual by less is not told. */
const SLOW_TIMES = 3;

const SECOND = 1_000_000;
/** Times that people promise: microseconds and how they are written. */
const ROUND: readonly (readonly [number, string])[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => [n * SECOND, `${n} s`] as const),
  ...[1, 2, 5, 10, 15, 20, 30, 45].map((n) => [n * 60 * SECOND, `${n} min`] as const),
  ...[1, 2, 3, 4, 6, 8, 12, 18].map((n) => [n * 3600 * SECOND, `${n} h`] as const),
  ...[1, 2, 3, 4, 5, 7, 10, 14, 21, 30, 45, 60, 90].map((n) => [n * 86_400 * SECOND, n === 1 ? '1 day' : `${n} days`] as const),
];

/**
 * What was learned of a record type as the YAML of a passport that declares just that. Behind each line stands what the data showed: the number of
 * observations, and how sure that makes it. What false alarms taught is declared as well, where a passport can. With `flow`, only of the steps of that
 * flow. Undefined when there are too few journeys to declare anything.
 */
export function learnPassport(
  record: string,
  type: TypeExpectations,
  flow?: string,
  values: readonly TaughtValue[] = [],
): string | undefined {
  if (type.journeys < ENOUGH) return undefined;
  const taught = new TaughtValues(record, values, flow);
  const lines = [
    `# Learned from ${count(type.journeys)} journeys of ${record}. Behind # stands what the data showed.`,
    '# Delete what nobody promised, and change what should be otherwise: what stands here wins over what is learned.',
    `passport: ${passportId(record)}`,
    `record: ${scalar(record)}`,
    '# owner: who answers for it, such as orders@example.com',
    '# runbook: what to do, such as https://wiki.example.com/orders',
    'steps:',
    ...stepLines(type, flow, taught),
  ];
  const fields = fieldLines(type, taught);
  return `${[...lines, ...(fields.length === 0 ? [] : ['fields:', ...fields]), ...taught.left.map(leftLine)].join('\n')}\n`;
}

function stepLines(type: TypeExpectations, flow: string | undefined, taught: TaughtValues): string[] {
  const followOf = new Map<number, FollowExpectation>();
  for (const follow of type.follows) if (follow.declared === undefined) followOf.set(follow.step, follow);
  return type.steps.flatMap((step, number) => {
    if (flow !== undefined && step.flow !== flow) return [];
    if (step.journeys < Math.max(ENOUGH, RARE_SHARE * type.journeys)) return [];
    const lines = [`  - step: ${scalar(nameIn(type, number))} # in ${shareText(step.journeys, type.journeys)} journeys`];
    const follow = followOf.get(number);
    if (follow !== undefined && follow.eligible >= ENOUGH) lines.push(...followLines(type, step, follow, taught));
    lines.push(...runLines(step, taught));
    if (step.endsOf >= ENOUGH && step.endsShare >= END_SHARE)
      lines.push(`    end: true # ${shareText(Math.round(step.endsShare * step.endsOf), step.endsOf)} journeys with it end here`);
    return lines;
  });
}

/** The longest that somebody said was usual. */
function runLines(step: StepExpectation, taught: TaughtValues): string[] {
  const most = taught.run(step);
  const text = most === undefined ? undefined : promised(most);
  if (most === undefined) return [];
  return [text === undefined ? tooLong(most) : `    takes: ${text} # ${formatDuration(most)} was a false alarm`];
}

function followLines(type: TypeExpectations, step: StepExpectation, follow: FollowExpectation, taught: TaughtValues): string[] {
  const { after, followed, eligible, latency, unless, given } = follow;
  const sure = wilsonLower(followed, eligible);
  const lines = [
    `    after: ${scalar(nameIn(type, after))} # follows in ${shareText(followed, eligible)}, at least ${percent(sure)} with 97.5 % confidence`,
  ];
  const usual = taught.way(step);
  const about = usual === undefined ? '' : `; ${formatDuration(usual)} was a false alarm`;
  const required = given === undefined && sure >= REQUIRED_SHARE;
  if (given !== undefined)
    lines.push(
      `    optional: true # required where ${'step' in given ? `${nameIn(type, given.step)} stands before` : `it is about a ${given.about}`}: learned, and lost once it is declared`,
    );
  else if (!required) lines.push('    optional: true');
  if (latency !== undefined && latency.observations >= ENOUGH && (required || usual !== undefined)) {
    // Never less than what would be slow without a passport.
    const slow = Math.max(SLOW_TIMES * latency.median, latency.median + SECOND);
    const text = promised(Math.max(follow.horizon, slow, usual ?? 0) + Math.max(rarely(step.duration), taught.run(step) ?? 0));
    if (text !== undefined)
      lines.push(
        `    window: within ${text} # half within ${formatDuration(latency.median)}, 99 % within ${formatDuration(latency.p99)} (n = ${count(latency.observations)})${about}`,
      );
    else if (usual !== undefined) lines.push(tooLong(usual));
  }
  const steps = unless.filter(({ negative }) => !negative);
  const names = steps.map((variant) => nameIn(type, variant.step));
  if (names.length > 0 && names.length === unless.length) lines.push(`    unless: [${names.map(scalar).join(', ')}]`);
  else if (unless.length > 0)
    lines.push(
      `    # not where ${unless.map((variant) => `${nameIn(type, variant.step)}${variant.negative ? ' was called off' : ' happened'}`).join(', or ')}: learned, and kept as long as "unless" is not said`,
    );
  return lines;
}

/** What was no fault, and nobody would promise. */
function tooLong(duration: number): string {
  return `    # ${formatDuration(duration)} was a false alarm: too long to promise`;
}

function rarely(duration: DurationModel | undefined): number {
  return duration === undefined ? 0 : Math.exp(duration.logMedian + RARELY_Z * duration.upperSpread);
}

/** The next round time; undefined for what is too long to promise. */
function promised(duration: number): string | undefined {
  return ROUND.find(([size]) => size >= duration)?.[1];
}

function fieldLines(type: TypeExpectations, taught: TaughtValues): string[] {
  const first = new Map<string, number>();
  type.steps.forEach(({ system }, i) => {
    if (!first.has(system)) first.set(system, i);
  });
  // What is a factor of the other, or comes in parts, is no field that two systems agree about.
  const known = type.fields.filter(
    ({ field, fieldB, systemA, systemB, factor, several, journeys }) =>
      field === fieldB && systemA !== systemB && factor === undefined && several?.parts === undefined && journeys >= ENOUGH,
  );
  const groups = Map.groupBy(known, ({ field, systemA, systemB }) => `${field}|${systemA}|${systemB}`);
  return [...groups.values()].flatMap((group) => {
    const agreeing = group.filter(({ agreed, journeys }) => wilsonLower(agreed, journeys) >= AGREE_SHARE);
    if (agreeing.length === 0) return [];
    // Where some steps tell another amount, the two that agree most often are named.
    const bySystem = agreeing.length === group.length;
    const one = agreeing.reduce((most, next) => (next.journeys > most.journeys ? next : most));
    const { agreed, journeys } = one;
    const [a, b] = sides(one, bySystem).toSorted((x, y) => (first.get(x.system) ?? 0) - (first.get(y.system) ?? 0));
    return [
      `  - field: ${scalar(one.field)}`,
      `    between: [${scalar(a!.name)}, ${scalar(b!.name)}] # agree in ${shareText(agreed, journeys)}, at least ${percent(wilsonLower(agreed, journeys))} with 97.5 % confidence`,
      ...toleranceLines(one, taught),
    ];
  });
}

/** What somebody said was no disagreement. */
function toleranceLines(field: FieldExpectation, taught: TaughtValues): string[] {
  const difference = taught.difference(field);
  const lag = taught.lag(field);
  const within = lag === undefined ? undefined : promised(lag);
  return [
    ...(difference === undefined ? [] : [`    tolerance: ${roundedUp(difference)} # what differed by nearly that was a false alarm`]),
    ...(lag === undefined
      ? []
      : [within === undefined ? tooLong(lag) : `    within: ${within} # ${formatDuration(lag)} was a false alarm`]),
  ];
}

/** To three digits, never less. */
function roundedUp(value: number): string {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
  return String(Number((Math.ceil(value / unit) * unit).toPrecision(6)));
}

/** What was taught and stands in no rule: the workspace keeps it. */
function leftLine({ kind, subkind, system, step, facet, parameter, value }: TaughtValue): string {
  const place = [facet, facet === undefined ? undefined : 'of', system, step].filter((part) => part !== undefined && part !== '').join(' ');
  const most = parameter === 'attempts' ? `${value} attempts` : parameter === 'difference' ? roundedUp(value) : formatDuration(value);
  // A name may hold line breaks, and what stands behind one would be no comment any more.
  return `# Taught by a false alarm, and no matter of a passport: ${kind}/${subkind} of ${place} up to ${most}`.replaceAll(/\s+/g, ' ');
}

function sides(
  { systemA, stepA, systemB, stepB }: FieldExpectation,
  bySystem: boolean,
): { readonly system: string; readonly name: string }[] {
  return [
    { system: systemA, name: bySystem ? systemA : `${systemA}.${stepA}` },
    { system: systemB, name: bySystem ? systemB : `${systemB}.${stepB}` },
  ];
}

/** With its flow where the step alone would name two. */
function nameIn({ steps }: TypeExpectations, number: number): string {
  const key = steps[number]!;
  const isAlone = steps.every((other, i) => i === number || other.system !== key.system || other.step !== key.step);
  return isAlone || key.flow === undefined ? passportName(key) : `${key.system}.${key.flow}.${key.step}`;
}

function passportId(record: string): string {
  const id = record
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return id === '' ? 'flow' : id;
}

/** A text as YAML writes it, also within a list in brackets. */
function scalar(text: string): string {
  const plain = stringify(text, { lineWidth: 0 }).trimEnd();
  return /^[\w][\w ./-]*$/.test(text) && plain === text ? text : JSON.stringify(text);
}

function count(n: number): string {
  return n.toLocaleString('en');
}

/** `99.8 % of 4,805`. */
function shareText(hits: number, trials: number): string {
  return hits === trials ? `all ${count(trials)}` : `${percent(hits / Math.max(1, trials))} of ${count(trials)}`;
}

/** Rounded down, so that nothing is called sure that is not. */
function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toString()} %`;
}
