import { create } from 'zustand';
import type { Zone } from './format.ts';

interface ZoneSlice {
  readonly zone: Zone;
  readonly setZone: (zone: Zone) => void;
}

const KEY = 'waybill.zone';

/** The zone in which every time of the interface is shown. Kept across visits. */
export const useZoneStore = create<ZoneSlice>()((set) => ({
  zone: localStorage.getItem(KEY) === 'local' ? 'local' : 'utc',
  setZone: (zone) => {
    localStorage.setItem(KEY, zone);
    set({ zone });
  },
}));

/** The zone to format times in. */
export function useZone(): Zone {
  return useZoneStore((state) => state.zone);
}
