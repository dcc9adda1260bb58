import type { Entry } from '../../entry.ts';
import { compileGetter, createOpener, rootOf } from '../../infer/paths.ts';
import { compileRecords, isXmlFormat } from '../../infer/record-path.ts';
import type { SourceContext } from '../../mapper.ts';
import type { UserProfile } from './profile.ts';
import { fitsGlob } from './glob.ts';
import { hasElement, outlineXml } from './xml-head.ts';

/** Paths must be in so many of the first entries. */
const MOST = 0.5;

/** Whether a profile says at all which sources it is for. */
export function isChoosy(profile: UserProfile): boolean {
  const match = profile.reading?.match;
  return match !== undefined && Object.values(match).some((value) => value !== undefined);
}

/**
 * Whether a profile is for a source, as far as its name and format tell; `recognised` is what the content was taken for, undefined when for nothing.
 * A profile that says its own format, or what the lines look like, needs no recognised one.
 */
export function mayMatch(profile: UserProfile, name: string, recognised: string | undefined): boolean {
  const { match, format, lines } = profile.reading ?? {};
  if (match?.file !== undefined && !match.file.some((glob) => fitsGlob(name, glob))) return false;
  if (match?.format !== undefined) return recognised !== undefined && match.format.includes(recognised);
  return recognised !== undefined || format !== undefined || lines !== undefined;
}

/** Whether a profile is for a source whose first entries were read as it says. */
export function matches(profile: UserProfile, source: SourceContext, headText: string, entries: readonly Entry[]): boolean {
  const { match, namespaces = {} } = profile.reading ?? {};
  if (match === undefined) return true;
  if (match.header !== undefined) {
    const columns = new Set(source.header?.map(plainName));
    if (!match.header.every((column) => columns.has(plainName(column)))) return false;
  }
  if (match.elements !== undefined) {
    const outline = outlineXml(headText);
    if (!match.elements.every((name) => hasElement(outline, name, namespaces))) return false;
  }
  return match.paths === undefined || havePaths(profile, match.paths, source, entries);
}

function plainName(name: string): string {
  return name.trim().toLowerCase();
}

function havePaths(profile: UserProfile, paths: readonly string[], source: SourceContext, entries: readonly Entry[]): boolean {
  const open = createOpener();
  const { reader, parents } = compileRecords(source, stubMapping(profile), open);
  const scope = { header: source.header, open, xml: isXmlFormat(source.formatId), parents };
  const getters = paths.map((path) => compileGetter(path, scope));
  let all = 0;
  const found = paths.map(() => 0);
  for (const entry of entries) {
    const look: NonNullable<typeof reader> = reader ?? ((one, each) => each(rootOf(one), one.kind === 'tree' ? one.context : undefined));
    look(entry, (root, context) => {
      all++;
      for (const [i, get] of getters.entries()) if (get(root, context) !== undefined) found[i]!++;
    });
  }
  return all > 0 && found.every((count) => count >= MOST * all);
}

/** How much a profile demands: of several that match, the one that demands most is taken. */
export function demandsOf(profile: UserProfile): number {
  const match = profile.reading?.match;
  if (match === undefined) return 0;
  const { format, file, header = [], paths = [], elements = [] } = match;
  return (format === undefined ? 0 : 1) + (file === undefined ? 0 : 2) + 2 * (header.length + paths.length + elements.length);
}

/** As much of a mapping as reading records needs. */
export function stubMapping(profile: UserProfile): Parameters<typeof compileRecords>[1] {
  return {
    profile: profile.profile,
    title: '',
    confidence: 1,
    reason: '',
    system: '',
    systemReason: '',
    zone: '',
    zoneReason: '',
    kind: 'step',
    step: undefined,
    flow: undefined,
    reading: profile.reading,
    fields: profile.fields.map(({ path, role, read }) => ({
      path,
      role,
      type: undefined,
      format: undefined,
      read,
      confidence: 1,
      reason: '',
      samples: [],
    })),
  };
}
