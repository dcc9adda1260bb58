/** One named byte stream that a file, folder or archive gave: what the formats read. */
export interface Part {
  /** For people: `orders.csv`, `export.zip › logs/orders.csv`. Never used as a path. */
  readonly name: string;
  /** The file on disk that it came from, as the user named it; `-` for stdin. */
  readonly path: string;
  /** Name inside the archive, if it came from one. */
  readonly member: string | undefined;
  /** Size on disk of the compressed or plain bytes, for progress; undefined for stdin. */
  readonly diskBytes: number | undefined;
  /** Detected encoding of the content, `utf-8` when it needs no decoding. */
  readonly encoding: string;
  /** The ending that a file with this text would have, where it is made of a table: `csv` for a sheet. Its name does not have it. */
  readonly extension?: string | undefined;
  /**
   * The content, decompressed and decoded to UTF-8 without a byte order mark. May be called more than once except for stdin (the head that was
   * looked at is replayed there). `onContent` sees the decompressed bytes before decoding: what the SHA-256 is taken over.
   * `onDisk` is told how many bytes of the file have been consumed, for progress.
   * Throws `UserError` with the file and place when the file vanished, an archive is damaged or a limit was passed.
   */
  open(watch?: { onContent?: (bytes: Uint8Array) => void; onDisk?: (bytes: number) => void }): AsyncIterable<Uint8Array>;
}

/** A path that cannot be read, in one sentence. */
export interface Refusal {
  readonly path: string;
  readonly code: 'file-unreadable' | 'file-empty' | 'archive-unsafe' | 'format-unknown' | 'limit-exceeded' | 'profile-invalid';
  readonly reason: string;
}

export interface ContainerLimits {
  /** Most bytes that one compressed byte may become. */
  readonly maxRatio: number;
  /** Most decompressed bytes of one member. */
  readonly maxMemberBytes: number;
  readonly maxMembers: number;
  readonly maxDepth: number;
}
