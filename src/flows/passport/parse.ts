import { fieldName, foldText } from '../../journey/index.ts';
import type { KeyPath, Places, YamlProblem } from '../../yaml/problems.ts';
import { inOrder, schemaProblems } from '../../yaml/problems.ts';
import { readYaml } from '../../yaml/read.ts';
import type { Thresholds } from '../types.ts';
import { parseDuration, parseWindow, type GrammarProblem } from './grammar.ts';
import type { DeclaredField, DeclaredStep, DeclaredSystem, DeclaredVolume, Passport } from './passport.ts';
import { passportSchema, WEEKDAYS, type WrittenPassport } from './schema.ts';
import type { Calendar, Window } from './windows.ts';

/** A passport as it was read, with what later checks need of how it was written. */
export interface ReadPassport {
  /** Undefined when there are problems. */
  readonly passport: Passport | undefined;
  readonly written: WrittenPassport | undefined;
  readonly places: Places;
  /** In the order of the file. */
  readonly problems: readonly YamlProblem[];
}

/** Reads a passport and says everything that keeps it from being used, each in one sentence with its place. */
export function readPassport(yaml: string): ReadPassport {
  const { value, places, problems: unread } = readYaml(yaml, 'passport');
  const refused = (problems: readonly YamlProblem[]): ReadPassport => ({
    passport: undefined,
    written: undefined,
    places,
    problems: inOrder(problems),
  });
  if (unread.length > 0) return refused(unread);
  const read = passportSchema.safeParse(value);
  if (!read.success) return refused(schemaProblems(read.error.issues, places, WORDING));
  const written = read.data;
  const reader = new Reader(written, places);
  const passport = reader.passport();
  if (reader.problems.length > 0) return refused(reader.problems);
  return { passport, written, places, problems: [] };
}

const LISTS: Readonly<Record<string, string>> = { steps: 'step', systems: 'system', fields: 'field', volume: 'volume' };

const WORDING = {
  /** `"window" of step 3`, `"calendar.zone"`. */
  nameOf(path: KeyPath): string {
    const [first, index, ...rest] = path;
    if (first === undefined) return 'the passport';
    const noun = LISTS[first];
    if (noun === undefined || typeof index !== 'number') return `"${path.join('.')}"`;
    return rest.length === 0 ? `${noun} ${index + 1}` : `"${rest.join('.')}" of ${noun} ${index + 1}`;
  },
  keysOf(path: KeyPath): readonly string[] {
    const { shape } = passportSchema;
    switch (path[0]) {
      case undefined:
        return Object.keys(shape);
      case 'steps':
        return Object.keys(shape.steps.unwrap().element.shape);
      case 'systems':
        return Object.keys(shape.systems.unwrap().element.shape);
      case 'fields':
        return Object.keys(shape.fields.unwrap().element.shape);
      case 'volume':
        return Object.keys(shape.volume.unwrap().element.shape);
      case 'calendar':
        return Object.keys(shape.calendar.unwrap().shape);
      case 'naming':
        return Object.keys(shape.naming.unwrap().shape);
      case 'thresholds':
        return Object.keys(shape.thresholds.unwrap().shape);
      default:
        return [];
    }
  },
  formsOf: (path: KeyPath): string =>
    path.includes('unless') || path.includes('values') ? 'a text or a list of texts' : 'a number, or a share such as 2 %',
};

/** Turns what was written into a passport; collects what does not make sense on the way. */
class Reader {
  readonly problems: YamlProblem[] = [];
  readonly #written: WrittenPassport;
  readonly #places: Places;
  readonly #calendar: Calendar;

  constructor(written: WrittenPassport, places: Places) {
    this.#written = written;
    this.#places = places;
    this.#calendar = this.#readCalendar();
  }

  passport(): Passport {
    const { passport: name, title, record, owner, runbook, severity, retention } = this.#written;
    return {
      name,
      title,
      record,
      owner,
      runbook,
      severity,
      retention: this.#duration(retention, ['retention']),
      thresholds: this.#thresholds(),
      steps: this.#steps(),
      systems: this.#systems(),
      fields: (this.#written.fields ?? []).map((_, i) => this.#field(i)),
      volume: (this.#written.volume ?? []).map((_, i) => this.#volume(i)),
    };
  }

  #readCalendar(): Calendar {
    const { zone = 'UTC', days, holidays = [], hours } = this.#written.calendar ?? {};
    return {
      zone,
      days: days === undefined ? [1, 2, 3, 4, 5] : days.map((word) => WEEKDAYS.indexOf(word) + 1),
      holidays,
      hours: hours === undefined ? undefined : this.#hours(hours),
    };
  }

  #hours(text: string): { readonly from: number; readonly to: number } | undefined {
    const [from, to] = text.split(/[-–]/).map((time) => {
      const [hour, minute] = time.split(':').map(Number) as [number, number];
      return minute > 59 ? Number.NaN : hour * 60 + minute;
    }) as [number, number];
    if (from < to && to <= 24 * 60) return { from, to };
    this.#report(['calendar', 'hours'], 'opening hours must end after they begin, on the same day');
    return undefined;
  }

  #thresholds(): Partial<Thresholds> {
    const written = this.#written.thresholds ?? {};
    const share = (key: 'usual-share' | 'agree-share'): number | undefined => {
      const read = this.#tolerance(written[key], ['thresholds', key]);
      if (read === undefined) return undefined;
      const value = 'share' in read ? read.share : read.absolute;
      if (value > 0.5 && value < 1) return value;
      this.#report(['thresholds', key], 'must lie between 50 % and 100 %');
      return undefined;
    };
    const thresholds: Partial<Record<keyof Thresholds, number | undefined>> = {
      slowTimes: written['slow-times'],
      slowMoreThan: this.#duration(written['slow-more-than'], ['thresholds', 'slow-more-than']),
      usualShare: share('usual-share'),
      agreeShare: share('agree-share'),
    };
    return Object.fromEntries(Object.entries(thresholds).filter(([, value]) => value !== undefined));
  }

  #steps(): DeclaredStep[] {
    const seen = new Map<string, number>();
    return (this.#written.steps ?? []).map((written, i) => {
      const path = ['steps', i];
      const { step, optional = false, end = false, takes, severity, unless } = written;
      const due = this.#due(written, path);
      if (due.after === step) this.#report([...path, 'step'], 'a step cannot follow itself');
      const key = `${step}|${due.after ?? ''}|${due.window?.text ?? ''}`;
      const before = seen.get(key);
      if (before !== undefined) this.#report([...path, 'step'], `"${step}" is named twice, first as step ${before + 1}`);
      seen.set(key, i);
      if (optional && due.after === undefined)
        this.#report([...path, 'optional'], 'has no meaning without "after": nothing makes the step due');
      return { line: this.#line(path), step, optional, end, takes: this.#duration(takes, [...path, 'takes']), severity, unless, ...due };
    });
  }

  #systems(): DeclaredSystem[] {
    return (this.#written.systems ?? []).map((written, i) => {
      const path = ['systems', i];
      const due = this.#due(written, path);
      if (due.after === undefined) this.#report(path, `nothing says when ${written.system} must hear of it: add "after"`);
      return { line: this.#line(path), system: written.system, severity: written.severity, unless: written.unless, ...due };
    });
  }

  /** What makes a rule due, and by when. */
  #due(
    { after, window: text }: { readonly after?: string | undefined; readonly window?: string | undefined },
    path: KeyPath,
  ): { readonly after: string | undefined; readonly window: Window | undefined } {
    if (text === undefined) return { after, window: undefined };
    const read = parseWindow(text, this.#calendar);
    if ('problem' in read) {
      this.#grammar(read, [...path, 'window']);
      return { after, window: undefined };
    }
    if (read.after !== undefined && after !== undefined && read.after !== after)
      this.#report([...path, 'window'], `the window counts from ${read.after}, and "after" says ${after}: say one`, read.afterAt);
    if (read.after === undefined && after === undefined)
      this.#report([...path, 'window'], 'nothing says from when the window counts: add "after", or "of" a step to the window');
    return { after: after ?? read.after, window: read.window };
  }

  #field(index: number): DeclaredField {
    const path = ['fields', index];
    const { field, between, tolerance, values, within, ignore = false, severity } = this.#written.fields![index]!;
    const [a, b] = between as [string, string];
    if (a === b) this.#report([...path, 'between'], 'must name two different systems');
    const says = [tolerance, values, within].some((value) => value !== undefined);
    if (ignore && says) this.#report([...path, 'ignore'], 'what is not compared needs no tolerance, values or time');
    return {
      line: this.#line(path),
      severity,
      field: fieldName(field),
      between: [a, b],
      tolerance: this.#tolerance(tolerance, [...path, 'tolerance']),
      values:
        values === undefined
          ? undefined
          : Object.fromEntries(Object.entries(values).map(([word, words]) => [foldText(word), words.map(foldText)])),
      within: this.#duration(within, [...path, 'within']),
      ignore,
    };
  }

  #volume(index: number): DeclaredVolume {
    const path = ['volume', index];
    const { step, per, severity, 'at-least': atLeast, 'at-most': atMost } = this.#written.volume![index]!;
    if (atLeast === undefined && atMost === undefined) this.#report(path, 'needs "at-least" or "at-most"');
    if (atLeast !== undefined && atMost !== undefined && atLeast > atMost)
      this.#report([...path, 'at-most'], `is below "at-least": no ${per} could meet both`);
    return { line: this.#line(path), severity, step, per, atLeast, atMost };
  }

  #tolerance(value: string | number | undefined, path: KeyPath): { absolute: number } | { share: number } | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'number') return { absolute: value };
    const match = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(value);
    if (match === null) {
      this.#report(path, `${WORDING.nameOf(path)} must be ${WORDING.formsOf(path)}`);
      return undefined;
    }
    return match[2] === '%' ? { share: Number(match[1]) / 100 } : { absolute: Number(match[1]) };
  }

  #duration(text: string | undefined, path: KeyPath): number | undefined {
    if (text === undefined) return undefined;
    const read = parseDuration(text);
    if (typeof read === 'number') return read;
    this.#grammar(read, path);
    return undefined;
  }

  #grammar({ at, problem }: GrammarProblem, path: KeyPath): void {
    // A word that is wrong stands first; what is missing goes on from the name.
    const isAboutWord = !/^(must|needs|is|can) /.test(problem);
    this.#report(path, `${WORDING.nameOf(path)}${isAboutWord ? ':' : ''} ${problem}`, at);
  }

  #line(path: KeyPath): number {
    return this.#places.at(path, '').line;
  }

  #report(path: KeyPath, message: string, inside = 0): void {
    this.problems.push(this.#places.at(path, message, inside));
  }
}
