import type { FeatureCollection, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { core } from './echarts';

/** Name of the map of the world that `loadWorld` makes known to ECharts; its countries are named by ISO 3166-1 alpha-2. */
export const world = 'world';

/** Countries that the map draws. */
export const drawn = new Set<string>();

/** What the map has no number for. */
const codesByName: Record<string, string> = { Kosovo: 'XK', Somaliland: 'SO', 'N. Cyprus': 'CY' };

let loading: Promise<void> | undefined;

/** Loads the shapes of the countries, once. */
export const loadWorld = (): Promise<void> => (loading ??= load());

async function load(): Promise<void> {
  const [{ default: atlas }, { default: codes }] = await Promise.all([
    import('world-atlas/countries-110m.json'),
    import('i18n-iso-countries/codes.json'),
  ]);
  const codeOf = new Map((codes as string[][]).map(([alpha2 = '', , numeric = '']) => [numeric, alpha2]));
  const topology = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const shapes = feature(topology, topology.objects.countries) as FeatureCollection;
  // Nobody lives there to listen, and it would take a fifth of the map.
  shapes.features = shapes.features.filter(shape => shape.id !== '010');
  for (const shape of shapes.features) {
    const name = codeOf.get(String(shape.id)) ?? codesByName[String(shape.properties?.['name'])] ?? '';
    shape.properties = { name };
    if (shape.geometry.type === 'Polygon') shape.geometry.coordinates.forEach(unroll);
    if (shape.geometry.type === 'MultiPolygon') shape.geometry.coordinates.flat().forEach(unroll);
    drawn.add(name);
  }
  core.registerMap(world, shapes as never);
}

/** Draws what lies across the 180th meridian to the east of it, in one piece; else it would be drawn around the world. */
function unroll(ring: Position[]): void {
  const longitudes = ring.map(([longitude = 0]) => longitude);
  if (Math.max(...longitudes) - Math.min(...longitudes) < 180) return;
  for (const point of ring) if (point[0]! < 0) point[0]! += 360;
}
