import { useMutation } from '@tanstack/react-query';
import { useClient } from '../../app/api.ts';
import { followJob } from '../../app/jobs.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { errorText } from '../../ui/error-text.ts';
import { ToneMark } from '../../ui/severity-mark.tsx';

interface RemovePassportProps {
  /** The passport that is to go; undefined closes the dialog. */
  readonly name: string | undefined;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

/** Asks before a passport is taken out. */
export function RemovePassport({ name, onClose, onRemoved }: RemovePassportProps) {
  const client = useClient();
  const remove = useMutation({
    mutationFn: (passport: string) => client.flows.remove({ name: passport }),
    onSuccess: ({ job }) => {
      void followJob(client, job);
      onRemoved();
    },
  });
  return (
    <Dialog
      open={name !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Remove ${name ?? 'passport'}?`}
      closeLabel="Keep it"
      actions={
        <Button
          variant="danger"
          disabled={remove.isPending || name === undefined}
          onClick={() => {
            if (name !== undefined) remove.mutate(name);
          }}
        >
          Remove
        </Button>
      }
    >
      <p>The journeys are then judged by what is usual alone. A file that it was added from stays where it is and can be added again.</p>
      {remove.isError && <ToneMark tone="critical">{errorText(remove.error).message}</ToneMark>}
    </Dialog>
  );
}
