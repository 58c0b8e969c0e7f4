import { unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { isOnMap, type Place } from '../map/clusters';
import { client } from './client';

interface Feature {
  readonly properties: { id: number; title: string; status: string; latitude: string | null; longitude: string | null };
}

/** Where the power centers are, and how they are; those without a place on the map are left out. */
export function usePlaces() {
  return useQuery({
    queryKey: ['geojson'],
    queryFn: async (): Promise<Place[]> => {
      const { features } = (await unwrap(client.GET('/api/charge-points/geojson'))) as unknown as {
        features: Feature[];
      };
      return features
        .map(({ properties }) => properties)
        .filter(({ latitude, longitude }) => latitude !== null && longitude !== null && isOnMap(latitude, longitude))
        .map(({ id, title, status, latitude, longitude }) => ({
          id,
          title,
          status,
          latitude: Number(latitude),
          longitude: Number(longitude),
        }));
    },
  });
}
