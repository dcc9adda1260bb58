import { join } from 'node:path';
import { Sink } from './sink.ts';

/** What was written, for the summary. */
export interface WrittenFile {
  /** Relative to the output folder, with `/`. */
  readonly name: string;
  readonly characters: number;
}

interface Slot {
  name: string;
  text: string;
  sink: Sink | undefined;
  tail: string;
}

/**
 * The files of a run. A slot is one system's current file: when a day ends its next line opens the next file and closes the
 * last. Lines are only gathered by `add`; `settle` does the waiting, between orders.
 */
export class Output {
  readonly files: WrittenFile[] = [];
  readonly #folder: string;
  readonly #slots = new Map<string, Slot>();
  /** Slots whose file has ended, in order, waiting for `settle`. */
  #ended: Slot[] = [];
  #pending = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whether `settle` should be awaited before more is added. */
  get full(): boolean {
    return this.#pending > 512 * 1024 || this.#ended.length > 0;
  }

  /** Adds text to a slot's file. `head` begins and `tail` ends a file of this name. */
  add(slotName: string, fileName: string, text: string, head = '', tail = ''): void {
    let slot = this.#slots.get(slotName);
    if (slot === undefined || slot.name !== fileName) {
      if (slot !== undefined) this.#ended.push(slot);
      slot = { name: fileName, text: head, sink: undefined, tail };
      this.#slots.set(slotName, slot);
    }
    slot.text += text;
    this.#pending += text.length;
  }

  /** Whether the slot's current file is this one: the writer of an array knows by it whether a comma is due. */
  isOpen(slotName: string, fileName: string): boolean {
    return this.#slots.get(slotName)?.name === fileName;
  }

  /** A small file of its own. */
  addWhole(fileName: string, text: string): void {
    this.#ended.push({ name: fileName, text, sink: undefined, tail: '' });
    this.#pending += text.length;
  }

  /** Waits until the disk has taken what was added. */
  async settle(): Promise<void> {
    const ended = this.#ended;
    this.#ended = [];
    this.#pending = 0;
    for (const slot of ended) await this.#end(slot);
    for (const slot of this.#slots.values()) await this.#pass(slot);
  }

  async finish(): Promise<void> {
    await this.settle();
    for (const slot of this.#slots.values()) await this.#end(slot);
    this.#slots.clear();
    this.files.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async #pass(slot: Slot): Promise<Sink> {
    slot.sink ??= await Sink.open(join(this.#folder, slot.name));
    if (slot.text !== '') {
      slot.sink.add(slot.text);
      slot.text = '';
      await slot.sink.drain();
    }
    return slot.sink;
  }

  async #end(slot: Slot): Promise<void> {
    slot.text += slot.tail;
    const sink = await this.#pass(slot);
    await sink.close();
    this.files.push({ name: slot.name, characters: sink.written });
  }
}
