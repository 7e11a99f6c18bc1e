"""Every action and trigger of a running Nova as small scenarios; run only inside a Nova environment."""

# Before any other part of Nova, whichever module of this package is imported first: it patches threads and sockets.
from evidence import running as running
