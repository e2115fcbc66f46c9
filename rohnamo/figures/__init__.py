"""Numbers we agreed to publish: releases with small cells hidden, targets, reference series."""
