import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../../../app/api.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import styles from './save-profile.module.css';

/** Shows a part's mapping as a profile file, to copy and to pass to `waybill import --profile`. */
export function SaveProfile({ plan, part }: { readonly plan: string; readonly part: string }) {
  const client = useClient();
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState(false);
  const profile = useMutation({ mutationFn: () => client.imports.profile({ plan, part }) });
  const show = (): void => {
    setCopied(false);
    setOpen(true);
    profile.mutate();
  };
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(profile.data?.yaml ?? '');
    setCopied(true);
  };
  return (
    <>
      <Button size="small" onClick={show}>
        Save as profile
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Profile"
        wide
        actions={
          <Button variant="primary" disabled={profile.data === undefined} onClick={() => void copy()}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        }
      >
        {profile.isError && <ErrorPanel error={profile.error} />}
        {profile.data !== undefined && (
          <>
            <p className={styles.hint}>Save this as a .yaml file and pass it to the next import: waybill import --profile FILE.</p>
            <pre className={styles.yaml} tabIndex={0} aria-label="Profile as YAML">
              {profile.data.yaml}
            </pre>
          </>
        )}
      </Dialog>
    </>
  );
}
