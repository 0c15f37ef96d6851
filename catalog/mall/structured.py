"""What a service, an institution and a laboratory are, in the words of schema.org; only what the page shows to everybody."""

from typing import Any

from catalog.models import Laboratory, Product, Provider


def of_provider(provider: Provider) -> dict[str, Any]:
    """The institution, without its contact."""
    return {
        "@type": "Organization",
        "name": provider.name,
        "url": provider.get_absolute_url(),
        "description": provider.summary,
        "address": {"@type": "PostalAddress", "addressCountry": "CN", "addressRegion": provider.get_region_display()},
    }


def of_laboratory(laboratory: Laboratory) -> dict[str, Any]:
    """The laboratory by its number in the published list, with the institution that it rests on."""
    return of_provider(laboratory.provider) | {
        "url": laboratory.get_absolute_url(),
        "identifier": laboratory.number,
        "knowsAbout": laboratory.field_labels,
        "parentOrganization": {"@type": "Organization", "name": laboratory.host_name},
    }


def of_product(product: Product) -> dict[str, Any]:
    """The service with its price of reference, and whether it can be ordered."""
    standing = "InStock" if product.can_be_ordered else "Discontinued"
    seller = {"@type": "Organization", "name": product.provider.name, "url": product.provider.get_absolute_url()}
    return {
        "@type": "Product",
        "name": product.name,
        "url": product.get_absolute_url(),
        "sku": product.number,
        "category": product.category.name,
        "description": product.summary or product.description,
        "offers": {
            "@type": "Offer",
            "price": f"{product.price:.2f}",
            "priceCurrency": "CNY",
            "availability": f"https://schema.org/{standing}",
            "seller": seller,
        },
    }
