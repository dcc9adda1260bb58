/** Made-up files, one or more for each format, for tests. */
export interface SampleFile {
  readonly name: string;
  readonly format: string;
  readonly content: string;
  readonly entries: number;
  readonly rejections: number;
  /** Whether a cut inside an entry can leave something that still reads as a shorter entry. */
  readonly cutReadable: boolean;
}
