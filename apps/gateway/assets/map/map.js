// Draws what /api/charge-points/geojson answers, with nothing from elsewhere: a graticule takes the place of tiles.
'use strict';

const MARKERS = {
  'pin-cp-available': ['available', '#1a9850'],
  'pin-cp-busy': ['busy', '#d73027'],
  'pin-cp-booked': ['booked', '#f0a020'],
  'pin-cp-out-of-service': ['out of service', '#7a7a7a'],
};
/** Degrees between two lines; the finest that leaves no more than a dozen of them in sight is drawn. */
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45];
const MOST_LINES = 12;

const byId = (id) => document.getElementById(id);
const said = byId('said');
const map = L.map('map', { preferCanvas: true, worldCopyJump: false, attributionControl: false }).setView([25, 15], 2);
const graticule = L.layerGroup().addTo(map);
const features = L.featureGroup().addTo(map);
L.control.scale().addTo(map);

function drawGraticule() {
  const bounds = map.getBounds();
  const south = Math.max(bounds.getSouth(), -85);
  const north = Math.min(bounds.getNorth(), 85);
  const [west, east] = [bounds.getWest(), bounds.getEast()];
  const widest = Math.max(north - south, east - west);
  const step = STEPS.find((degrees) => widest / degrees <= MOST_LINES) ?? STEPS.at(-1);
  const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  graticule.clearLayers();
  const line = (from, to, at, text) => {
    const style = { color: '#b5c4cd', weight: 1, interactive: false };
    L.polyline([from, to], style).addTo(graticule);
    const icon = L.divIcon({ className: 'degrees', html: text, iconSize: null, iconAnchor: [-3, 14] });
    L.marker(at, { icon, interactive: false, keyboard: false }).addTo(graticule);
  };
  for (let lat = Math.ceil(south / step) * step; lat <= north; lat += step) {
    line([lat, west], [lat, east], [lat, west], `${lat.toFixed(digits)}°`);
  }
  for (let lng = Math.ceil(west / step) * step; lng <= east; lng += step) {
    line([south, lng], [north, lng], [south, lng], `${lng.toFixed(digits)}°`);
  }
}

/** Coordinates are not checked when they are entered: some are no place on earth. */
function isPlace({ geometry }) {
  if (!geometry) return false;
  const [lng, lat] = geometry.coordinates;
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 85;
}

function marker({ properties }, place) {
  const [, color] = MARKERS[properties['icon-image']] ?? MARKERS['pin-cp-out-of-service'];
  return L.circleMarker(place, { radius: 7, weight: 2, color: '#ffffff', fillColor: color, fillOpacity: 0.95 });
}

/** What people entered is shown as text and never as markup. */
function label({ properties }) {
  const text = document.createElement('span');
  text.className = 'marker-title';
  text.textContent = `${properties.title}\n${properties.marker_title}\n${properties.status}`;
  return text;
}

function show(collection) {
  const places = collection.features.filter(isPlace);
  features.clearLayers();
  L.geoJSON(places, { pointToLayer: marker })
    .bindTooltip((layer) => label(layer.feature))
    .addTo(features);
  if (places.length > 0) map.fitBounds(features.getBounds().pad(0.2), { maxZoom: 12 });
  const elsewhere = collection.features.length - places.length;
  said.textContent = `${places.length} power centers on the map, ${elsewhere} without a place.`;
}

async function asked(path, options) {
  const answer = await fetch(path, options);
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.msg ?? body.message ?? body.error ?? `Refused (${answer.status}).`);
  return body;
}

async function load(token) {
  said.textContent = 'Loading …';
  const headers = { authorization: `Bearer ${token}`, accept: 'application/geo+json' };
  show(await asked('/api/charge-points/geojson', { headers }));
}

async function logIn() {
  const body = JSON.stringify({ email: byId('email').value, password: byId('password').value });
  const headers = { 'content-type': 'application/json' };
  const { data, message } = await asked('/api/v3/auth/login', { method: 'POST', headers, body });
  if (!data?.access_token) throw new Error(message ?? 'The e-mail address has to be verified first.');
  return data.access_token;
}

function onSubmit(form, work) {
  byId(form).addEventListener('submit', (event) => {
    event.preventDefault();
    work().catch((error) => (said.textContent = error.message));
  });
}

for (const [text, color] of Object.values(MARKERS)) {
  const entry = document.createElement('li');
  entry.textContent = text;
  entry.style.setProperty('--color', color);
  byId('legend').append(entry);
}
onSubmit('login', async () => load(await logIn()));
onSubmit('with-token', () => load(byId('token').value.trim()));
map.on('moveend', drawGraticule);
drawGraticule();
