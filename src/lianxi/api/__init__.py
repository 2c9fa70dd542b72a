"""Builds the HTTP application: mounts routers, WebSocket feeds and the web pages."""
