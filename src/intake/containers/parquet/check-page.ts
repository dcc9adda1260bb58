import type { Encoding } from 'hyparquet';
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { ByteCursor } from './byte-cursor.ts';

/** What a page says of itself, in both versions of its header. */
export interface PageFacts {
  readonly values: number;
  readonly nulls: number | undefined;
  readonly encoding: Encoding;
  readonly isBoolean: boolean;
  /** Highest repetition and definition level of the column. */
  readonly repetition: number;
  readonly definition: number;
  /** Bytes of the two kinds of levels where the header says them (version 2); undefined: they stand before the levels. */
  readonly levelBytes: { readonly repetition: number; readonly definition: number } | undefined;
}

/** Most bytes that values which share beginnings may unfold to. */
const MOST_UNFOLDED_BYTES = 256 * 1024 ** 2;

/**
 * Looks through a page before it is decoded, because the decoder takes the lengths in it as they are: a run of a billion values would be written
 * out whatever the page says it holds. Parquet format, Encodings.md. Throws when something goes beyond the page.
 */
export function checkPage(page: Uint8Array, facts: PageFacts): void {
  const cursor = new Levels(page);
  let present = facts.values;
  if (facts.levelBytes !== undefined) {
    if (facts.repetition > 0) cursor.runs(bits(facts.repetition), facts.values);
    cursor.at = facts.levelBytes.repetition;
    if (facts.definition > 0) cursor.runs(bits(facts.definition), facts.values);
    cursor.at = facts.levelBytes.repetition + facts.levelBytes.definition;
    present -= facts.nulls ?? 0;
  } else {
    if (facts.repetition > 0) cursor.prefixedRuns(bits(facts.repetition), facts.values);
    if (facts.definition > 0) present = cursor.prefixedRuns(bits(facts.definition), facts.values, facts.definition);
  }
  if (present < 0 || present > facts.values) throw new Error('a page has more nulls than values');
  checkValues(page, cursor, facts, present);
}

function checkValues(page: Uint8Array, cursor: Levels, facts: PageFacts, present: number): void {
  const { encoding } = facts;
  if (encoding === 'PLAIN') {
    if (present > (page.length - cursor.at) * 8) throw new Error('a page has more values than bytes');
  } else if (encoding === 'RLE' && facts.isBoolean) {
    cursor.prefixedRuns(1, present);
  } else if (encoding === 'RLE' || encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY') {
    if (present === 0 && cursor.at >= page.length) return;
    const width = cursor.byte();
    if (width > 32) throw new Error('a page has indexes of more than 32 bits');
    if (width > 0) cursor.runs(width, present);
  } else if (encoding === 'DELTA_BYTE_ARRAY') {
    if (present > 0) checkPrefixes(page, cursor.at, present);
  } else if (encoding === 'DELTA_BINARY_PACKED' || encoding === 'DELTA_LENGTH_BYTE_ARRAY') {
    if (present > 0) checkDeltas(new ByteCursor(page, cursor.at), present);
  } else if (present > page.length) throw new Error('a page has more values than bytes');
}

function bits(level: number): number {
  return 32 - Math.clz32(level);
}

/** Prefix and suffix lengths of texts that share beginnings: a prefix must not be longer than the text before. */
function checkPrefixes(page: Uint8Array, at: number, count: number): void {
  const reader = { view: new DataView(page.buffer, page.byteOffset, page.byteLength), offset: at };
  const lengths = (): Int32Array => {
    checkDeltas(new ByteCursor(page, reader.offset), count);
    const values = new Int32Array(count);
    deltaBinaryUnpack(reader, count, values);
    return values;
  };
  const prefixes = lengths();
  const suffixes = lengths();
  let last = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (prefixes[i]! < 0 || suffixes[i]! < 0 || prefixes[i]! > last) throw new Error('a text begins with more than the one before has');
    last = prefixes[i]! + suffixes[i]!;
    total += last;
    if (total > MOST_UNFOLDED_BYTES) throw new Error('a page unfolds to too many bytes');
  }
}

/** Blocks of differences in miniblocks of packed bits. */
function checkDeltas(cursor: ByteCursor, count: number): void {
  const block = cursor.varint();
  const miniblocks = cursor.varint();
  cursor.skipVarint();
  cursor.skipVarint();
  const values = block / miniblocks;
  if (!Number.isInteger(values) || values <= 0 || values % 8 !== 0 || miniblocks > 4096)
    throw new Error('a block of differences has no valid size');
  for (let seen = 1; seen < count;) {
    cursor.skipVarint();
    const widths = cursor.at;
    cursor.skip(miniblocks);
    for (let i = 0; i < miniblocks && seen < count; i++) {
      const width = cursor.bytes[widths + i]!;
      if (width > 64) throw new Error('a difference has more than 64 bits');
      // What no value needs may be left off at the end of the page.
      const needed = Math.ceil((Math.min(values, count - seen) * width) / 8);
      if (cursor.at + needed > cursor.bytes.length) throw new Error('differences go beyond their page');
      cursor.at += (values * width) / 8;
      seen += values;
    }
  }
}

/** Goes through runs of the hybrid of run lengths and packed bits without writing them out. */
class Levels extends ByteCursor {
  /** Runs whose length in bytes stands before them. Returns how many of the values are `counted`. */
  prefixedRuns(width: number, count: number, counted?: number): number {
    const length = this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24);
    const from = this.at;
    if (length < 0 || from + length > this.bytes.length) throw new Error('levels go beyond their page');
    const found = this.runs(width, count, counted);
    this.at = from + length;
    return found;
  }

  runs(width: number, count: number, counted = -1): number {
    const bytes = (width + 7) >> 3;
    let found = 0;
    for (let seen = 0; seen < count;) {
      const header = this.varint();
      if ((header & 1) === 1) {
        const values = Math.min((header >>> 1) * 8, count - seen);
        if (counted >= 0) found += this.#countPacked(width, values, counted);
        this.at += (header >>> 1) * width;
        // The last group may be cut where nothing of it is needed.
        if (this.at > this.bytes.length + width || values === 0) throw new Error('a run goes beyond its page');
        seen += values;
      } else {
        const values = header >>> 1;
        if (values === 0 || values > count - seen) throw new Error('a run is longer than its page');
        let value = 0;
        for (let i = 0; i < bytes; i++) value |= this.byte() << (8 * i);
        if (value === counted) found += values;
        seen += values;
      }
    }
    return found;
  }

  #countPacked(width: number, values: number, counted: number): number {
    let found = 0;
    for (let i = 0; i < values; i++) {
      let value = 0;
      for (let bit = 0; bit < width; bit++) {
        const position = i * width + bit;
        value |= (((this.bytes[this.at + (position >> 3)] ?? 0) >> (position & 7)) & 1) << bit;
      }
      if (value === counted) found++;
    }
    return found;
  }
}
