"""The server statuses of OpenStack Nova: model, checks, pages and exports, all from one YAML file."""
