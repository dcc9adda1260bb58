import { buttonClass } from '../ui/button.tsx';
import { zoneLabel } from '../ui/format.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import { useZoneStore } from '../ui/zone.ts';

/** Switches all times between UTC and the zone of this machine. Shows the zone that is in force. */
export function ZoneSwitch() {
  const { zone, setZone } = useZoneStore();
  const label = zoneLabel(zone);
  const other = zone === 'utc' ? 'local time' : 'UTC';
  return (
    <Tooltip content={`Times are shown in ${zone === 'utc' ? 'UTC' : 'local time'}. Press for ${other}.`}>
      <button
        type="button"
        className={buttonClass('default', 'small')}
        aria-label={`Times in ${label}. Show in ${other}`}
        onClick={() => setZone(zone === 'utc' ? 'local' : 'utc')}
      >
        {label}
      </button>
    </Tooltip>
  );
}
