import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../app/api.ts';
import { Select } from '../../../ui/field.tsx';
import styles from './encoding-select.module.css';

interface ProfileSelectProps {
  /** Id; undefined: what each file is recognised as. */
  readonly value: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (profile: string | undefined) => void;
}

/** The profile of all files of a plan: one that the user keeps, one of a platform, or none. */
export function ProfileSelect({ value, disabled, onChange }: ProfileSelectProps) {
  const client = useClient();
  const { data: profiles = [] } = useQuery({ queryKey: ['profiles'], queryFn: () => client.profiles.list() });
  const kept = profiles.filter(({ path }) => path !== null);
  return (
    <Select
      className={styles.select}
      aria-label="Profile of the files"
      title="How all files are understood. Another one plans the import again, without the corrections made so far."
      value={value ?? ''}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    >
      <option value="">Profile as recognised</option>
      <option value="inferred">Inferred from the fields</option>
      {kept.length > 0 && (
        <optgroup label="Kept by you">
          {kept.map(({ id, title, path, problem }) => (
            <option key={path} value={id ?? ''} disabled={id === null} title={path ?? undefined}>
              {id === null ? `${path ?? ''}: ${problem ?? ''}` : title}
            </option>
          ))}
        </optgroup>
      )}
      <optgroup label="Platforms">
        {profiles.map(({ id, title, path }) =>
          path === null && id !== null ? (
            <option key={id} value={id}>
              {title}
            </option>
          ) : undefined,
        )}
      </optgroup>
    </Select>
  );
}
