"""Pages, one module for each area: a request becomes a selector or a service, and its answer a template."""
