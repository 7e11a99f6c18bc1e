// Validates everything that is published in a folder with ajv, in its strict mode. Prints what it found as JSON.
// usage: node validate.mjs FOLDER
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";

const root = process.argv[2];
const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const ajv = new Ajv({ strict: true, allowUnionTypes: true });
const dataset = ajv.compile(read("schema/v1/dataset.schema.json"));
const isStatus = ajv.compile(read("schema/v1/server-status.schema.json"));
const isServer = ajv.compile(read("schema/v1/server.schema.json"));
const id = "urn:nova-server-status:schema:v1:";
const isAnswer = ajv.compile({ $ref: `${id}server#/$defs/ServerAnswer` });

function wrongFiles() {
  const paths = readdirSync(join(root, "api"), { recursive: true }).filter((path) => path.endsWith(".json"));
  const wrong = [];
  for (const path of paths) {
    const payload = read(join("api", path));
    const entry = ajv.compile({ $ref: `${id}dataset${payload.$schema.slice(payload.$schema.indexOf("#"))}` });
    if (!entry(payload)) wrong.push([path, entry.errors]);
    if (!dataset(payload)) wrong.push([path, "fits no entry"]);
  }
  return { files: paths.length, wrong };
}

function wrongServers() {
  const statuses = read("api/v1/statuses.json").statuses.map((status) => status.name);
  const pairs = read("api/v1/states.json").pairs;
  const wrong = [];
  for (const pair of pairs) {
    for (const status of statuses) {
      const server = { status, "OS-EXT-STS:vm_state": pair.vm_state, "OS-EXT-STS:task_state": pair.task_state };
      const expected = status === pair.status;
      if (isServer(server) !== expected || isAnswer({ server }) !== expected) wrong.push(server);
    }
  }
  return { servers: pairs.length * statuses.length, wrong };
}

console.log(
  JSON.stringify({
    files: wrongFiles(),
    servers: wrongServers(),
    statuses: ["ACTIVE", "STOPPED", "active", null].map((value) => isStatus(value)),
  }),
);
