import { Select } from '../../../ui/field.tsx';
import styles from './encoding-select.module.css';

/** The encodings that can be named (`src/intake/containers/encodings.ts`), with what they are for. */
const ENCODINGS: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16 LE' },
  { value: 'utf-16be', label: 'UTF-16 BE' },
  { value: 'windows-1252', label: 'Windows-1252, western' },
  { value: 'windows-1250', label: 'Windows-1250, central European' },
  { value: 'windows-1251', label: 'Windows-1251, Cyrillic' },
  { value: 'iso-8859-1', label: 'ISO-8859-1, western' },
  { value: 'iso-8859-2', label: 'ISO-8859-2, central European' },
  { value: 'iso-8859-5', label: 'ISO-8859-5, Cyrillic' },
  { value: 'iso-8859-7', label: 'ISO-8859-7, Greek' },
  { value: 'iso-8859-9', label: 'ISO-8859-9, Turkish' },
  { value: 'iso-8859-15', label: 'ISO-8859-15, western with €' },
  { value: 'ibm-037', label: 'IBM-037, EBCDIC' },
];

interface EncodingSelectProps {
  /** Undefined: what the bytes of each file show or declare. */
  readonly value: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (encoding: string | undefined) => void;
}

/** The encoding of all files of a plan. */
export function EncodingSelect({ value, disabled, onChange }: EncodingSelectProps) {
  return (
    <Select
      className={styles.select}
      aria-label="Encoding of the files"
      title="Encoding of the files. Another one plans the import again, without the corrections made so far."
      value={value ?? ''}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    >
      <option value="">Encoding as recognised</option>
      {ENCODINGS.map((encoding) => (
        <option key={encoding.value} value={encoding.value}>
          {encoding.label}
        </option>
      ))}
    </Select>
  );
}
