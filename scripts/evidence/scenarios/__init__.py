"""Every action and trigger of a running Nova as small scenarios; run only inside a Nova environment."""
